package screen_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"interdict/internal/book"
	"interdict/internal/screen"
)

// line is a line of the Parquet table as any reader of the format sees it.
type line struct {
	Row        int64     `parquet:"row"`
	ID         string    `parquet:"id"`
	Name       string    `parquet:"name"`
	Status     string    `parquet:"status"`
	Reason     string    `parquet:"reason"`
	Band       *string   `parquet:"band,optional"`
	Score      *float64  `parquet:"score,optional"`
	Confidence *float64  `parquet:"confidence,optional"`
	Subject    *string   `parquet:"subject,optional"`
	Caption    *string   `parquet:"caption,optional"`
	Schema     *string   `parquet:"schema,optional"`
	ListedName *string   `parquet:"listed_name,optional"`
	Listings   []string  `parquet:"listings,list"`
	Snapshot   string    `parquet:"snapshot"`
	Profile    string    `parquet:"profile"`
	At         time.Time `parquet:"at,timestamp(millisecond)"`
}

// TestParquetHoldsTheLinesOfTheTable screens a book and compares both forms.
func TestParquetHoldsTheLinesOfTheTable(t *testing.T) {
	e, names := invented(t, 60)
	var text strings.Builder
	text.WriteString("id,name,birth date\nx,broken\n")
	for i, x := range names {
		fmt.Fprintf(&text, "=%d,\"%s\",soon\n%d,Nobody Atall,\n%d,,\n", i, x.Name, i, i)
	}
	var rows bytes.Buffer
	var want [][]string
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	read := book.Read("book.csv", strings.NewReader(text.String()), book.Options{})
	err := e.Book(t.Context(), read, screen.Run{Options: screen.Options{Brief: true}, Workers: 2}, func(x screen.Row) error {
		x.Answer.At = at
		want = append(want, x.Lines()...)
		return x.WriteJSON(&rows)
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := screen.WriteParquet(&out, &rows); err != nil {
		t.Fatal(err)
	}
	got, err := parquet.Read[line](bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]string
	for _, l := range got {
		lines = append(lines, cells(l))
	}
	for _, l := range want { // a formula is none in Parquet
		l[1], l[2] = strings.TrimPrefix(l[1], "'"), strings.TrimPrefix(l[2], "'")
	}
	if diff := cmp.Diff(want, lines); diff != "" || len(want) < 180 {
		t.Errorf("%d lines (-CSV +Parquet)\n%.3000s", len(want), diff)
	}
}

func cells(l line) []string {
	text := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	number := func(p *float64) string {
		if p == nil {
			return ""
		}
		return fmt.Sprintf("%.4f", *p)
	}
	return []string{
		fmt.Sprint(l.Row), l.ID, l.Name, l.Status, l.Reason, text(l.Band), number(l.Score), number(l.Confidence), text(l.Subject), text(l.Caption),
		text(l.Schema), text(l.ListedName), strings.Join(l.Listings, "; "), l.Snapshot, l.Profile, l.At.UTC().Format(time.RFC3339),
	}
}

func TestParquetOfNothingIsATable(t *testing.T) {
	var out bytes.Buffer
	if err := screen.WriteParquet(&out, strings.NewReader("")); err != nil {
		t.Fatal(err)
	}
	if got, err := parquet.Read[line](bytes.NewReader(out.Bytes()), int64(out.Len())); err != nil || len(got) != 0 {
		t.Error(got, err)
	}
	if err := screen.WriteParquet(&out, strings.NewReader(`{"row":1}{"row":`)); err == nil {
		t.Error("rows that are cut off are taken")
	}
}
