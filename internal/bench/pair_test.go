package bench_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/bench"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
)

func TestPairScoresAsARegisterOfOne(t *testing.T) {
	schemas := map[string][]name.Kind{
		"Person": {name.AsPerson}, "Company": {name.AsOrganisation}, "": {name.AsPerson, name.AsOrganisation},
	}
	names := []string{"Ali Hassan", "HASSAN, Ali", "Ali Hasan al-Tikriti", "Nordic Bank Ltd", "The Nordic Trade Bank", "محمد علي", "Мохаммед Али", "A. Hassan", "Nordik Bank Limited", "44th Brigade"}
	var s bench.Scorer
	for schema, kinds := range schemas {
		for _, listed := range names {
			seg, err := index.Build([]index.Subject{{ID: "s", Kinds: kinds, Names: []string{listed}}})
			if err != nil {
				t.Fatal(err)
			}
			for _, query := range names {
				p, err := index.NewProbe(query)
				if err != nil {
					t.Fatal(err)
				}
				hits, err := index.New(seg).Exhaustive(p, index.LowestThreshold, match.NameCosts)
				if err != nil {
					t.Fatal(err)
				}
				want := 0
				for _, h := range hits {
					want = max(want, h.Result.Points())
				}
				got := s.Pair(query, listed, schema)
				if got != want && (want > 0 || got >= 10*index.LowestThreshold) {
					t.Errorf("%q against %q as %q: %d, a register of one says %d", query, listed, schema, got, want)
				}
			}
		}
	}
}

func TestPairOfNothingScoresNothing(t *testing.T) {
	var s bench.Scorer
	for _, q := range []string{"", "-", strings.Repeat("x ", 70)} {
		if got := s.Pair(q, "Ali Hassan", "Person"); got != 0 {
			t.Errorf("%q scores %d", q, got)
		}
	}
}

func TestJaroWinkler(t *testing.T) {
	cases := []struct {
		a, b string
		want float64
	}{
		{"martha", "marhta", 0.9611}, // the examples of Winkler (1990)
		{"dixon", "dicksonx", 0.8133},
		{"dwayne", "duane", 0.84},
		{"abc", "xyz", 0},
		{"", "a", 0},
		{"same", "same", 1},
	}
	for _, c := range cases {
		near(t, c.a+"/"+c.b, bench.JaroWinkler([]rune(c.a), []rune(c.b)), c.want)
	}
}

func TestBaselinePairsWordsInAnyOrder(t *testing.T) {
	if got := bench.BestPairs("Ali Hassan", "hassan ALI"); got != 10000 {
		t.Errorf("another order scores %d", got)
	}
	if got := bench.BestPairs("Ali", "Ali Ali"); got != 6666 {
		t.Errorf("a word without a partner: %d, want 6 of 9 letters", got)
	}
	if got := bench.BestPairs("Иван", "ivan"); got != 10000 {
		t.Errorf("another script scores %d", got)
	}
}

func TestReadPairsKnowsFilesByTheirHeader(t *testing.T) {
	t.Run("labelled, tabs, any order", func(t *testing.T) {
		got, err := bench.ReadPairs("x.tsv", strings.NewReader("is_match\tname2\tname1\tschema\nTrue\tB \"x\" b\ta\tPerson\n0\tc\td\t\n"))
		if err != nil {
			t.Fatal(err)
		}
		want := bench.PairFile{Labelled: []bench.LabelledPair{
			{Name1: "a", Name2: `B "x" b`, Schema: "Person", Match: true, Line: 2}, {Name1: "d", Name2: "c", Line: 3},
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("two scripts, entities by two columns and by a shared name", func(t *testing.T) {
		got, err := bench.ReadPairs("x.csv", strings.NewReader("\ufeffcelex,line,kind,latin,other_script\nA,1,Person,Ali,علي\nA,1,Person,Aly,علی\nA,2,Person,Ivan,Иван\nB,1,Org,Ivan,Iванъ\n"))
		if err != nil {
			t.Fatal(err)
		}
		var e []string
		for _, p := range got.Cross {
			e = append(e, p.Entity)
		}
		if len(e) != 4 || e[0] != e[1] || e[2] != e[3] || e[0] == e[2] {
			t.Errorf("entities %q", e)
		}
		if p := got.Cross[2]; p.Script != "Cyrl" || p.Schema != "Person" || p.Latin != "Ivan" || p.Other != "Иван" {
			t.Errorf("%+v", p)
		}
	})
	for what, text := range map[string]string{
		"no header that says pairs": "a,b\n1,2\n",
		"no rows":                   "name1,name2,is_match\n",
		"a label that is none":      "name1,name2,is_match\na,b,maybe\n",
		"half a pair":               "latin,other_script\na,\n",
		"empty":                     "",
		"a broken quote":            "latin,other_script\n\"a,b\n",
	} {
		if _, err := bench.ReadPairs("x.csv", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "x.csv") {
			t.Errorf("%s: error %v", what, err)
		}
	}
}

func TestLabelCountsByKindAndLists(t *testing.T) {
	pairs := []bench.LabelledPair{
		{Name1: "Ali Hassan", Name2: "Ali Hassan", Schema: "Person", Match: true, Quality: "STRONG", Line: 2},
		{Name1: "Ali Hassan", Name2: "Ali Hassan", Schema: "Person", Line: 3},
		{Name1: "Nordic Bank", Name2: "Xerxes Fisheries", Schema: "Company", Match: true, Line: 4},
	}
	l := bench.Label("x.csv", pairs, 5)
	got := map[string]bench.Outcome{}
	for _, r := range l.Rows {
		if r.Scorer == bench.Ours {
			got[r.Group] = r.Shipped
		}
	}
	if o := got["person"]; o.TP != 1 || o.FP != 1 || o.FN != 0 {
		t.Errorf("persons: %+v", o)
	}
	if o := got["organisation"]; o.FN != 1 || o.TP != 0 {
		t.Errorf("organisations: %+v", o)
	}
	if o := got["all"]; o.TP != 1 || o.FP != 1 || o.FN != 1 {
		t.Errorf("all: %+v", o)
	}
	if len(l.Errors) != 2 || l.Errors[0].Line != 3 || l.Errors[1].Line != 4 {
		t.Errorf("errors: %+v", l.Errors)
	}
}

func TestCrossScriptsNeverComparesAnEntityWithItself(t *testing.T) {
	var pairs []bench.CrossPair
	for i, n := range [][2]string{{"Ivan Petrov", "Иван Петров"}, {"Ivan Petroff", "Иван Петров"}, {"Sergei Lavrov", "Сергей Лавров"}} {
		pairs = append(pairs, bench.CrossPair{Latin: n[0], Other: n[1], Script: "Cyrl", Entity: []string{"p", "p", "l"}[i]})
	}
	x, err := bench.CrossScripts("x.csv", pairs, 2000, 7, 3)
	if err != nil {
		t.Fatal(err)
	}
	ours := x.Scorers[0]
	if ours.FalseAlerts.Count != 0 || ours.FalseAlerts.Of != 2000 {
		t.Errorf("a pair of one entity was taken for two: %+v", ours.FalseAlerts)
	}
	if ours.Rows[0].Shipped.Count != 3 || ours.Rows[0].AtRate.Count != 3 {
		t.Errorf("%+v", ours.Rows[0])
	}
	again, err := bench.CrossScripts("x.csv", pairs, 2000, 7, 3)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(x, again); diff != "" {
		t.Errorf("the same seed, another answer:\n%s", diff)
	}
	if _, err := bench.CrossScripts("x.csv", pairs[:2], 2000, 7, 3); err == nil {
		t.Error("pairs of one entity give no negatives, and no error either")
	}
}
