package bench

import (
	"cmp"
	"fmt"
	"slices"

	"interdict/internal/index"
	"interdict/internal/match"
)

// Difference is one name about which two ways to search disagree.
type Difference struct {
	What       string `json:"what"` // missed, extra, different
	Sort       string `json:"sort"` // of query
	Query      string `json:"query"`
	Threshold  int    `json:"threshold"` // 1/1000
	Subject    string `json:"subject"`
	Name       int    `json:"name"` // which of the subject's names
	Search     string `json:"search,omitempty"`
	Exhaustive string `json:"exhaustive,omitempty"`
	Seed       uint64 `json:"seed"`
	Number     int    `json:"number"` // of the query, or of the text
}

// Kinds of difference.
const (
	missed    = "missed"
	extra     = "extra"
	different = "different"
)

func compareHits(a, b index.Hit) int {
	if c := cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Probe, b.Probe), cmp.Compare(a.Kind, b.Kind)); c != 0 {
		return c
	}
	return compareResults(a.Result, b.Result)
}

// compareResults orders results by everything that must not differ.
func compareResults(a, b match.Result) int {
	if c := cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.D, b.D), cmp.Compare(a.UQ, b.UQ), cmp.Compare(a.UL, b.UL)); c != 0 {
		return c
	}
	if slices.Equal(a.Edges, b.Edges) && slices.Equal(a.Factors, b.Factors) {
		return 0
	}
	return cmp.Compare(fmt.Sprint(a.Edges, a.Factors), fmt.Sprint(b.Edges, b.Factors))
}

func sortHits(hits []index.Hit) { slices.SortFunc(hits, compareHits) }

// differ calls report for every hit that is not the same in two sorted answers.
// A name found by both with another result is reported once.
func differ(found, wanted []index.Hit, report func(what string, found, wanted index.Hit)) {
	i, j := 0, 0
	for i < len(found) || j < len(wanted) {
		switch {
		case j == len(wanted):
			report(extra, found[i], index.Hit{})
			i++
		case i == len(found):
			report(missed, index.Hit{}, wanted[j])
			j++
		case compareHits(found[i], wanted[j]) == 0:
			i, j = i+1, j+1
		case sameName(found[i], wanted[j]):
			report(different, found[i], wanted[j])
			i, j = i+1, j+1
		case compareHits(found[i], wanted[j]) < 0:
			report(extra, found[i], index.Hit{})
			i++
		default:
			report(missed, index.Hit{}, wanted[j])
			j++
		}
	}
}

func sameName(a, b index.Hit) bool {
	return a.Subject == b.Subject && a.Name == b.Name && a.Probe == b.Probe && a.Kind == b.Kind
}

// describe shows a result exactly; nothing for no result.
func describe(h index.Hit) string {
	if h.Subject == "" {
		return ""
	}
	r := h.Result
	return fmt.Sprintf("%d/%d, %d points, pairs %v, factors %v", r.N, r.D, r.Points(), r.Edges, r.Factors)
}
