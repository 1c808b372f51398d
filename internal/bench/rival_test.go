package bench_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/bench"
	"interdict/internal/book"
	"interdict/internal/fault"
)

func TestSoundex(t *testing.T) {
	for word, want := range map[string]string{
		"Robert": "R163", "Rupert": "R163", "Ashcraft": "A261", "Tymczak": "T522", "Pfister": "P236", "Honeyman": "H555", "Lee": "L000",
	} {
		if got := bench.Soundex([]rune(word)); !strings.EqualFold(got, want) {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

func TestLevenshtein(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want int
	}{{"kitten", "sitting", 3}, {"", "abc", 3}, {"same", "same", 0}, {"ab", "ba", 2}} {
		if got := bench.Levenshtein([]rune(x.a), []rune(x.b)); got != x.want {
			t.Errorf("%s, %s: %d, want %d", x.a, x.b, got, x.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.RuneFrom([]rune("abc")), 0, 8)
		a, b, c := word.Draw(t, "a"), word.Draw(t, "b"), word.Draw(t, "c")
		if bench.Levenshtein(a, b) != bench.Levenshtein(b, a) || bench.Levenshtein(a, c) > bench.Levenshtein(a, b)+bench.Levenshtein(b, c) {
			t.Errorf("%q %q %q", string(a), string(b), string(c))
		}
	})
}

func TestAWindowHidesWhatCommonWordsCrowdOut(t *testing.T) {
	// Given seventy who bear a common name, and one of that name whose other word is
	// misspelt beyond what a text search finds,
	var list strings.Builder
	list.WriteString("list 2026-11-01\n")
	for i := range 70 {
		fmt.Fprintf(&list, "%d: ref A.%d; name Mohammed Ali Vek%czul%c\n", i+1, i+1, 'a'+i%26, 'a'+i/26)
	}
	list.WriteString("71: ref A.71; name Mohammed Ali Takrutkolven\n")
	e := engine(t, list.String())
	seen, hidden := bench.RivalWindow(e, "Mohammed Ali Takrudgolwen")
	// then the fifty first are looked at, and he is not among them, though his score is high.
	if seen != 50 || !hidden {
		t.Errorf("%d were looked at, hidden %v", seen, hidden)
	}
}

func TestRivalsAnswerTheSameQuestions(t *testing.T) {
	var list strings.Builder
	list.WriteString("list 2026-11-01\n")
	for i := range 40 {
		fmt.Fprintf(&list, "%d: ref A.%d; name Arslan%c Vek%czulmor Takrud%cgolwen\n", i+1, i+1, 'a'+i%26, 'a'+i%20, 'a'+i%17)
	}
	e := engine(t, list.String())
	customers := []book.Customer{{Row: 2, Name: "Pierre Dubois"}, {Row: 3, Name: "Marta Lindqvist"}, {Row: 4, Name: "Arslanov Takrudov"}}
	o := bench.RivalOptions{Seed: 1, Queries: 60, Customers: customers, Labelled: []bench.LabelledPair{
		{Name1: "Marta Lindqvist", Name2: "Martha Lindquist", Schema: "Person", Match: true}, {Name1: "Pierre Dubois", Name2: "Jean Petit", Schema: "Person"},
	}}
	r, err := bench.CompareRivals(e, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 4 || r.Rows[0].Name != bench.Ours || r.Rows[0].Threshold != 7000 {
		t.Fatalf("%+v", r.Rows)
	}
	for _, row := range r.Rows {
		if row.Found.Of != 60 || row.Alerts.Count > r.Rows[0].Alerts.Count || row.F1.Pairs != 2 {
			t.Errorf("%s: %+v", row.Name, row)
		}
		if row.First.Count > row.Found.Count {
			t.Errorf("%s: %d come first of %d that are found", row.Name, row.First.Count, row.Found.Count)
		}
	}
	for _, name := range []string{r.Rows[0].Name, r.Rows[1].Name} {
		i := slices.IndexFunc(r.Rows, func(x bench.Rival) bool { return x.Name == name })
		if r.Rows[i].Hidden.Count != 0 {
			t.Errorf("%s looks at every name and hides %d", name, r.Rows[i].Hidden.Count)
		}
	}
	if _, err := bench.CompareRivals(e, bench.RivalOptions{Seed: 1, Queries: 10}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without customers: %v", err)
	}
}
