package screen

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// RowHead is the head of the table that Row.Lines fills.
var RowHead = []string{"row", "id", "name", "status", "reason", "band", "score", "confidence", "subject", "caption", "schema", "listed_name", "listings", "snapshot", "profile", "at"}

// Lines returns a row of a book as lines of a table: one for each hit, one in
// any case. The columns are those of RowHead.
func (x Row) Lines() [][]string {
	a, notes := x.Answer, x.Notes
	if a.Reason != "" {
		notes = append(slices.Clone(notes), a.Reason)
	}
	base := []string{strconv.Itoa(x.Number), x.Customer.ID, x.Customer.Name, string(a.Status), strings.Join(notes, "; ")}
	tail := []string{a.Snapshot, a.Profile, a.At.Format(time.RFC3339)}
	if len(a.Hits) == 0 {
		return [][]string{harmless(slices.Concat(base, make([]string, 8), tail))}
	}
	var out [][]string
	for _, h := range a.Hits {
		var refs []string
		for _, l := range h.Listings {
			if ref := l.Source + " " + l.Reference; !slices.Contains(refs, ref) {
				refs = append(refs, ref)
			}
		}
		hit := []string{string(h.Band), h.Score.String(), h.Confidence.String(), h.Subject, h.Caption, string(h.Schema), h.Name, strings.Join(refs, "; ")}
		out = append(out, harmless(slices.Concat(base, hit, tail)))
	}
	return out
}

// harmless puts an apostrophe before what a spreadsheet would take for a formula:
// the names of customers are anybody's words.
func harmless(line []string) []string {
	for i, cell := range line {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			line[i] = "'" + cell
		}
	}
	return line
}
