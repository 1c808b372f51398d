package screen

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
)

// tableLine is a line of a table of answers: a hit, or a row without any. The
// columns are those of RowHead, with numbers as numbers; listings are a list.
type tableLine struct {
	Row        int64     `parquet:"row"`
	ID         string    `parquet:"id"`
	Name       string    `parquet:"name"`
	Status     string    `parquet:"status,dict"`
	Reason     string    `parquet:"reason"`
	Band       *string   `parquet:"band,dict,optional"`
	Score      *float64  `parquet:"score,optional"`
	Confidence *float64  `parquet:"confidence,optional"`
	Subject    *string   `parquet:"subject,optional"`
	Caption    *string   `parquet:"caption,optional"`
	Schema     *string   `parquet:"schema,dict,optional"`
	ListedName *string   `parquet:"listed_name,optional"`
	Listings   []string  `parquet:"listings,list"`
	Snapshot   string    `parquet:"snapshot,dict"`
	Profile    string    `parquet:"profile,dict"`
	At         time.Time `parquet:"at,timestamp(millisecond)"`
}

// written is a row as WriteJSON writes it, as far as a table holds it.
type written struct {
	Row      int64     `json:"row"`
	ID       string    `json:"id"`
	Query    string    `json:"query"`
	Status   string    `json:"status"`
	Reason   string    `json:"reason"`
	Notes    []string  `json:"notes"`
	Snapshot string    `json:"snapshot"`
	Profile  string    `json:"profile"`
	At       time.Time `json:"at"`
	Hits     []struct {
		Subject    string        `json:"subject"`
		Caption    string        `json:"caption"`
		Schema     string        `json:"schema"`
		Score      float64       `json:"score"`
		Confidence float64       `json:"confidence"`
		Band       string        `json:"band"`
		Name       string        `json:"name"`
		Listings   []CardListing `json:"listings"`
	} `json:"hits"`
}

// groupRows is the number of lines of a row group: what lies in memory while one is
// written.
const groupRows = 50_000

// WriteParquet writes rows, which are read as WriteJSON wrote them, as a Parquet
// file. It holds one row group in memory, never all of them.
func WriteParquet(w io.Writer, rows io.Reader) error {
	out := parquet.NewGenericWriter[tableLine](w, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(groupRows))
	in := json.NewDecoder(bufio.NewReaderSize(rows, 256<<10))
	for {
		var x written
		err := in.Decode(&x)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("reading the answers: %w", err)
		}
		if _, err := out.Write(x.lines()); err != nil {
			return fmt.Errorf("writing the answers: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("writing the answers: %w", err)
	}
	return nil
}

func (x written) lines() []tableLine {
	notes := x.Notes
	if x.Reason != "" {
		notes = append(slices.Clone(notes), x.Reason)
	}
	line := tableLine{
		Row: x.Row, ID: x.ID, Name: x.Query, Status: x.Status, Reason: strings.Join(notes, "; "),
		Snapshot: x.Snapshot, Profile: x.Profile, At: x.At,
	}
	if len(x.Hits) == 0 {
		return []tableLine{line}
	}
	out := make([]tableLine, 0, len(x.Hits))
	for _, h := range x.Hits {
		line.Band, line.Score, line.Confidence = &h.Band, &h.Score, &h.Confidence
		line.Subject, line.Caption, line.Schema, line.ListedName = &h.Subject, &h.Caption, &h.Schema, &h.Name
		line.Listings = nil
		for _, l := range h.Listings {
			if ref := l.Source + " " + l.Reference; !slices.Contains(line.Listings, ref) {
				line.Listings = append(line.Listings, ref)
			}
		}
		out = append(out, line)
	}
	return out
}
