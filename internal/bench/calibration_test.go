package bench_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/bench"
	"interdict/internal/fault"
	"interdict/internal/mutate"
)

func TestPlattFindsTheLineThatMadeTheCases(t *testing.T) {
	// Given cases whose log-odds are 0.5 + 1.5 x, for x from -2 to 2,
	c := mutate.NewChance(1)
	var cases []bench.Scored
	for range 20_000 {
		points := c.N(4001) - 2000
		p := 1 / (1 + math.Exp(-(0.5 + 1.5*float64(points)/1000)))
		cases = append(cases, bench.Scored{Points: points, Match: float64(c.N(1_000_000)) < 1_000_000*p})
	}
	// the line that is found is that one, but for chance.
	table, ok := bench.Platt(cases, -2000, 2000)
	if !ok || len(table) != 2 {
		t.Fatalf("%v, %v", table, ok)
	}
	if a, b := table[0].Logit, table[1].Logit; a < -2700 || a > -2300 || b < 3300 || b > 3700 {
		t.Errorf("from %d to %d, want -2500 to 3500", a, b)
	}
}

func TestPlattRefusesALineThatFalls(t *testing.T) {
	var cases []bench.Scored
	for i := range 100 {
		cases = append(cases, bench.Scored{Points: 10 * i, Match: i < 50})
	}
	if table, ok := bench.Platt(cases, 0, 1000); ok {
		t.Errorf("%v", table)
	}
}

func TestPlattIsAnswered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) bench.Scored {
			return bench.Scored{Points: rapid.IntRange(-8000, 8000).Draw(t, "points"), Match: rapid.Bool().Draw(t, "match")}
		}), 1, 80).Draw(t, "cases")
		if table, ok := bench.Platt(cases, -10_000, 10_000); ok && table[1].Logit < table[0].Logit {
			t.Errorf("%v", table)
		}
	})
}

// twoLists are n persons on two lists, who have the same reference, and of each
// a brother on both.
func twoLists(n int) (a, b string) {
	var la, lb strings.Builder
	la.WriteString("list 2026-11-01\n")
	lb.WriteString("list 2026-11-02\n")
	given := strings.Fields("Arslan Boris Chingiz Dmitry Emin Farhad Gennady Hamid Ilham Jafar")
	for i := range n {
		family := fmt.Sprintf("Vek%czul%cmorpif", 'a'+i%26, 'a'+i/26)
		fmt.Fprintf(&la, "%d: ref A.%d; name %s %s\n", i+1, i+1, given[i%10], family)
		fmt.Fprintf(&la, "%d: ref A.%d; name %s %s\n", 1000+i, 1000+i, given[(i+3)%10], family)
		fmt.Fprintf(&lb, "%d: ref B.%d; name %s %s; also a A.%d\n", i+1, i+1, given[i%10], family, i+1)
		fmt.Fprintf(&lb, "%d: ref B.%d; name %s %s; also a A.%d\n", 1000+i, 1000+i, given[(i+3)%10], family, 1000+i)
	}
	return la.String(), lb.String()
}

func TestCalibrationAsksOneListForAnother(t *testing.T) {
	a, b := twoLists(60)
	k, err := bench.MeasureCalibration(engine(t, a, b), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	all := k.Kinds[0]
	if all.Kind != "all" || all.Matches.Count == 0 || all.Matches.Count != 2*all.Entities {
		t.Errorf("%d matches of %d entities: each is asked by either list", all.Matches.Count, all.Entities)
	}
	if all.Methods[0].Method != bench.AsItStands || all.Methods[0].BrierGain.Value != 0 {
		t.Errorf("first comes %+v", all.Methods[0])
	}
	cases := 0
	for _, bin := range all.Methods[0].Bins {
		cases += bin.Cases
	}
	if cases != all.Matches.Of {
		t.Errorf("%d cases in tenths, %d in all", cases, all.Matches.Of)
	}
	again, err := bench.MeasureCalibration(engine(t, a, b), nil, 1)
	if err != nil || fmt.Sprint(again) != fmt.Sprint(k) {
		t.Errorf("the same seed gives another answer: %v", err)
	}
}

func TestATableIsFittedWhereConfidenceIsWrong(t *testing.T) {
	// Given labelled pairs of equal names, of which only every fifth is a match,
	var pairs []bench.LabelledPair
	for i := range 900 {
		name := fmt.Sprintf("Vek%czul Takru%cgolwen%c", 'a'+i%26, 'a'+i/26%26, 'a'+i%7)
		pairs = append(pairs, bench.LabelledPair{Name1: name, Name2: name + string(rune('a'+i%3)), Schema: "Person", Match: i%3 == 0, Line: i + 2})
	}
	k, err := bench.MeasureCalibration(engine(t, "list 2026-11-01\n1: ref A.1; name Nobody Atall\n"), map[string][]bench.LabelledPair{"pairs.csv": pairs}, 1)
	if err != nil {
		t.Fatal(err)
	}
	// then a fitted table is better, and says so.
	all := k.Kinds[0]
	if all.Few || all.Best == bench.AsItStands || len(all.Table) < 2 {
		t.Fatalf("best is %s, table %v, few %v of %d", all.Best, all.Table, all.Few, all.Fit)
	}
	for i, c := range all.Table[1:] {
		if c.Points <= all.Table[i].Points || c.Logit < all.Table[i].Logit {
			t.Errorf("the table falls: %v", all.Table)
		}
	}
	for _, m := range all.Methods {
		if m.Brier.Low > m.Brier.Value || m.Brier.Value > m.Brier.High {
			t.Errorf("%s: %v is not within its interval", m.Method, m.Brier)
		}
	}
}

func TestThereMustBeSomethingToCalibrateWith(t *testing.T) {
	_, err := bench.MeasureCalibration(engine(t, "list 2026-11-01\n1: ref A.1; name Nobody Atall\n"), nil, 1)
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
}
