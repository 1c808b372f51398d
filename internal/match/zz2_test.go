package match_test

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"

	"interdict/internal/match"
	"interdict/internal/name"
)

func TestXX(t *testing.T) {
	var s match.Scorer
	for _, file := range []string{"un-original-script", "eu-cross-script", "ca-cross-script"} {
		f, _ := os.Open("../../../shared/data/names/pairs/" + file + ".csv")
		rows, _ := csv.NewReader(f).ReadAll()
		h := rows[0]
		col := func(r []string, names ...string) string {
			for _, n := range names {
				if i := slices.Index(h, n); i >= 0 {
					return r[i]
				}
			}
			return ""
		}
		type st struct{ n, hit, h8 int }
		by := map[string]*st{}
		shown := map[string]int{}
		for _, r := range rows[1:] {
			l, o, sc := col(r, "latin", "latin_name"), col(r, "other_script", "original_script_name"), col(r, "script")
			kind := name.AsPerson
			if k := col(r, "kind"); k == "ENTITY" || k != "" && k != "Person" && k != "INDIVIDUAL" {
				kind = name.AsOrganisation
			}
			q, li := name.Analyse(o, kind), name.Analyse(l, kind)
			if len(q.Positions) > 64 || len(li.Positions) > 64 {
				continue
			}
			res, _ := s.Score(q.Positions, li.Positions, match.NameCosts, 1)
			if by[sc] == nil {
				by[sc] = &st{}
			}
			by[sc].n++
			if res.Points() >= 7000 {
				by[sc].hit++
			} else if os.Getenv("ERR") != "" && shown[sc] < 40 && by[sc].n%3 == 0 {
				shown[sc]++
				var w []string
				for _, p := range q.Positions {
					w = append(w, p.Alts[0].Surface)
					if len(p.Alts) > 1 {
						w = append(w, "("+p.Alts[1].Surface+")")
					}
				}
				t.Log("MISS", res.Points(), sc, l, "|", o, w)
			}
		}
		for k, v := range by {
			t.Logf("%s %s n %d recall %.3f", file, k, v.n, float64(v.hit)/float64(v.n))
		}
	}
}
