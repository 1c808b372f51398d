package name_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"interdict/internal/match"
	"interdict/internal/name"
)

// Each line of the mined table says who has the pair and where, stands once, in
// order, and relates the two words.
func TestAttestedPairs(t *testing.T) {
	b, err := os.ReadFile("table/attested.txt")
	if err != nil {
		t.Fatal(err)
	}
	var pairs []string
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		head, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		count, sources, _ := strings.Cut(head, " ")
		w := strings.Fields(words)
		n, err := strconv.Atoi(count)
		if err != nil || n < 2 || len(w) != 2 || w[0] >= w[1] {
			t.Errorf("%q is no pair with its bearers", line)
			continue
		}
		for s := range strings.SplitSeq(sources, ",") {
			if !slices.Contains([]string{"ca", "ofac", "uk", "wikidata"}, s) {
				t.Errorf("%q has a source without an open licence", line)
			}
		}
		pairs = append(pairs, words)
		x, y := name.Restore(name.Word, false, 100, w[0], "", ""), name.Restore(name.Word, false, 100, w[1], "", "")
		if rel, s := match.Relate(&x, &y); rel != match.Lexicon || s < 850 {
			t.Errorf("%q: %s %d", line, rel, s)
		}
	}
	if len(pairs) == 0 || !slices.IsSorted(pairs) || len(slices.Compact(pairs)) != len(pairs) {
		t.Errorf("%d pairs, not each once in order", len(pairs))
	}
}
