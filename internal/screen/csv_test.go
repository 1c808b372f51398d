package screen

import (
	"testing"

	"interdict/internal/book"
)

// A spreadsheet must not run what a customer is called.
func TestNoCellIsAFormula(t *testing.T) {
	for name, want := range map[string]string{
		"=HYPERLINK(\"x\")": "'=HYPERLINK(\"x\")", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx",
		"Ann-Marie": "Ann-Marie", "": "",
	} {
		row := Row{Customer: book.Customer{ID: name, Name: name}}
		for _, hits := range [][]Hit{nil, {{Name: name}}} {
			row.Answer.Hits = hits
			line := row.Lines()[0]
			if line[1] != want || line[2] != want || hits != nil && line[11] != want {
				t.Errorf("%q with %d hits: %q", name, len(hits), line)
			}
		}
	}
}
