package match_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"sort"
	"testing"

	"interdict/internal/match"
	"interdict/internal/name"
)

func TestZZ(t *testing.T) {
	f, _ := os.Open("../../../shared/data/names/pairs/name-bench.csv")
	rows, _ := csv.NewReader(f).ReadAll()
	type p struct {
		a, b, schema, group, q string
		pos                    bool
		s                      int
	}
	var ps []p
	var s match.Scorer
	for _, r := range rows[1:] {
		x := p{a: r[3], b: r[4], schema: r[2], pos: r[5] == "true", group: r[1], q: r[6]}
		kind := name.AsOrganisation
		if x.schema == "Person" {
			kind = name.AsPerson
		}
		res, _ := s.Score(name.Analyse(x.a, kind).Positions, name.Analyse(x.b, kind).Positions, match.NameCosts, 1)
		x.s = res.Points()
		ps = append(ps, x)
	}
	eval := func(label string, ok func(p) bool) {
		best := ""
		bestF := 0.0
		at := ""
		for th := 5000; th <= 9500; th += 100 {
			tp, fp, fn := 0, 0, 0
			for _, x := range ps {
				if !ok(x) {
					continue
				}
				h := x.s >= th
				switch {
				case h && x.pos:
					tp++
				case h:
					fp++
				case x.pos:
					fn++
				}
			}
			P, R := float64(tp)/float64(tp+fp), float64(tp)/float64(tp+fn)
			F := 2 * P * R / (P + R)
			line := fmt.Sprintf("%.2f P %.3f R %.3f F1 %.3f", float64(th)/1e4, P, R, F)
			if F > bestF {
				bestF, best = F, line
			}
			if th == 7000 || th == 7500 || th == 8000 {
				at += "  | " + line
			}
		}
		t.Log(label, "best", best, at)
	}
	eval("all", func(p) bool { return true })
	eval("person", func(x p) bool { return x.schema == "Person" })
	eval("org", func(x p) bool { return x.schema != "Person" })
	groups := map[string]bool{}
	for _, x := range ps {
		groups[x.group] = true
	}
	for g := range groups {
		eval("group "+g, func(x p) bool { return x.group == g })
	}
	sort.Slice(ps, func(i, j int) bool { return ps[i].s > ps[j].s })
	if os.Getenv("ERR") != "" {
		for _, x := range ps {
			if !x.pos && x.s >= 7200 {
				t.Log("FP", x.s, x.schema, x.a, "|", x.b, x.q, x.group)
			}
		}
		for _, x := range ps {
			if x.pos && x.s < 7200 {
				t.Log("FN", x.s, x.schema, x.a, "|", x.b, x.q, x.group)
			}
		}
	}
}
