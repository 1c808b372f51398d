package bench_test

import (
	"os"
	"testing"

	"interdict/internal/bench"
)

// Well-known people and organisations, as their countries and as newspapers write them,
// written by us: so many of them are found, and none is taken for another.
func TestWellKnownNames(t *testing.T) {
	for file, found := range map[string]int{
		"testdata/well-known.csv":               124, // of 136
		"testdata/well-known-organisations.csv": 57,  // of 66
	} {
		r, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		f, err := bench.ReadPairs(file, r)
		if err != nil {
			t.Fatal(err)
		}
		all := bench.Label(file, f.Labelled, len(f.Labelled))
		if got := all.Rows[0]; got.Group != "all" || got.Recall.Count < found || got.Shipped.FP > 0 {
			t.Errorf("%s: %d of %d are found, %d false", file, got.Recall.Count, got.Matches, got.Shipped.FP)
			for _, e := range all.Errors {
				t.Logf("line %d: %s, %s: %d", e.Line, e.Query, e.Listed, e.Points)
			}
		}
	}
}
