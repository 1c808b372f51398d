package match_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/script"
)

var update = flag.Bool("update", false, "write the scores of this program into testdata/scores.txt")

const golden = "testdata/scores.txt"

// pair is one line of the golden file.
type pair struct {
	line          int
	kind          name.Kind
	costs         match.Costs
	how           string // kind and costs as written
	query, listed string
	scored        string // N/D and factors as written, "" in a new line
}

// readGolden returns the remarks at the head, the profile and the pairs.
func readGolden(t *testing.T) (head []string, profile string, pairs []pair) {
	t.Helper()
	b, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			head = append(head, line)
			continue
		}
		if p, ok := strings.CutPrefix(line, "profile "); ok {
			profile = p
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 && len(f) != 4 {
			t.Fatalf("%s:%d: %d columns", golden, i+1, len(f))
		}
		p := pair{line: i + 1, how: f[0], query: f[1], listed: f[2], costs: match.NameCosts}
		switch f[0] {
		case "person":
		case "organisation":
			p.kind = name.AsOrganisation
		case "mention":
			p.costs = match.MentionCosts
		default:
			t.Fatalf("%s:%d: unknown kind %q", golden, i+1, f[0])
		}
		if len(f) == 4 {
			p.scored = f[3]
		}
		pairs = append(pairs, p)
	}
	return head, profile, pairs
}

// best scores a pair as a register of one name does: the best of all readings,
// of equals the first.
func best(p pair) match.Result {
	var s match.Scorer
	var top match.Result
	for _, q := range name.Readings(p.query, p.kind) {
		for _, l := range name.Readings(p.listed, p.kind) {
			if r, ok := s.Score(q.Positions, l.Positions, p.costs, 1); ok && r.Points() > top.Points() {
				top = r
			}
		}
	}
	return top
}

func written(r match.Result) string {
	if r.D == 0 {
		return "0/0"
	}
	out := fmt.Sprintf("%d/%d", r.N, r.D)
	for _, f := range r.Factors {
		out += fmt.Sprintf(" x%d", f.Hundredths)
	}
	return out
}

func TestNoScoreMovesWithoutANewProfile(t *testing.T) {
	head, profile, pairs := readGolden(t)
	moved := 0
	var renewed strings.Builder
	fmt.Fprintf(&renewed, "%s\nprofile %s\n", strings.Join(head, "\n"), match.Profile())
	for _, p := range pairs {
		now := written(best(p))
		fmt.Fprintf(&renewed, "%s\t%s\t%s\t%s\n", p.how, p.query, p.listed, now)
		if p.scored != "" && p.scored != now {
			moved++
			if moved <= 20 {
				t.Logf("%s:%d: %s %q against %q: was %s, is %s", golden, p.line, p.how, p.query, p.listed, p.scored, now)
			}
		}
	}
	switch {
	case moved > 0 && profile == match.Profile():
		t.Fatalf("%d of %d scores moved, and the profile is still %s: raise engine in profile.go, then renew the file with -update", moved, len(pairs), profile)
	case *update:
		if err := os.WriteFile(golden, []byte(renewed.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d of %d scores moved from profile %s to %s", moved, len(pairs), profile, match.Profile())
	case profile != match.Profile():
		t.Fatalf("%s is of profile %s, the program of %s, and %d of %d scores moved: look at them, then renew it with -update", golden, profile, match.Profile(), moved, len(pairs))
	}
}

func TestGoldenPairsUseEveryRelationFactorAndScript(t *testing.T) {
	_, _, pairs := readGolden(t)
	relations, factors, scripts := map[match.Relation]int{}, map[string]int{}, map[string]int{}
	for _, p := range pairs {
		r := best(p)
		for _, e := range r.Edges {
			relations[e.Relation]++
		}
		for _, f := range r.Factors {
			factors[f.Reason]++
		}
		scripts[script.Of(p.query)]++
		scripts[script.Of(p.listed)]++
	}
	for r := match.Same; r <= match.Lexicon; r++ {
		if relations[r] < 5 {
			t.Errorf("relation %s is used %d times", r, relations[r])
		}
	}
	if len(factors) < 5 {
		t.Errorf("only these factors are used: %v", factors)
	}
	for _, s := range []string{"Latn", "Cyrl", "Arab", "Grek", "Hebr", "Armn", "Geor", "Hang", "Hani", "Hira", "Kana", "Deva", "Thai"} {
		if scripts[s] == 0 {
			t.Errorf("no name in %s; there are %v", s, scripts)
		}
	}
	if len(pairs) < 300 {
		t.Errorf("%d pairs", len(pairs))
	}
}
