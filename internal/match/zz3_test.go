package match_test

import (
	"bytes"
	"fmt"
	"os"
	"sort"
	"testing"

	"interdict/internal/index"
	"interdict/internal/list"
	"interdict/internal/list/un"
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/script"
)

func TestYY(t *testing.T) {
	b, _ := os.ReadFile("../../../shared/data/lists/un/consolidated/un-consolidated-2025-04-19.xml")
	var subj []index.Subject
	type qq struct{ text, id, sc string }
	var qs []qq
	capt := map[string]string{}
	for r, err := range un.Source.Formats[0].Read([]list.File{{Name: "x.xml", Body: bytes.NewReader(b)}}, &list.Report{}) {
		if err != nil {
			t.Fatal(err)
		}
		s := index.Subject{ID: fmt.Sprint(r.Key), Kinds: []name.Kind{name.AsOrganisation}}
		if r.Kind == "person" {
			s.Kinds[0] = name.AsPerson
		}
		for _, n := range r.Names {
			c, _ := script.Clean(n.Full)
			if sc := script.Of(c); sc == "Latn" || sc == "Zyyy" {
				s.Names = append(s.Names, n.Full)
			} else {
				qs = append(qs, qq{n.Full, s.ID, sc})
			}
		}
		if len(s.Names) > 0 {
			capt[s.ID] = s.Names[0]
		}
		subj = append(subj, s)
	}
	seg, err := index.Build(subj)
	if err != nil {
		t.Fatal(err)
	}
	ix := index.New(seg)
	n, at1, all := map[string]int{}, map[string]int{}, map[string]int{}
	for _, q := range qs {
		p, err := index.NewProbe(q.text)
		if err != nil {
			t.Log(err, q.text)
			continue
		}
		h, _ := ix.Search(p, 700, match.NameCosts)
		best := map[string]int{}
		for _, x := range h {
			best[x.Subject] = max(best[x.Subject], x.Result.Points())
		}
		ids := []string{}
		for id := range best {
			ids = append(ids, id)
		}
		sort.Slice(ids, func(i, j int) bool {
			if best[ids[i]] != best[ids[j]] {
				return best[ids[i]] > best[ids[j]]
			}
			return ids[i] < ids[j]
		})
		n[q.sc]++
		ok := len(ids) > 0 && best[q.id] == best[ids[0]]
		if ok {
			at1[q.sc]++
		}
		if best[q.id] > 0 {
			all[q.sc]++
		}
		if !ok && os.Getenv("ERR") != "" {
			pp := name.Analyse(q.text, name.AsPerson)
			var w []string
			for _, p := range pp.Positions {
				w = append(w, p.Alts[0].Surface)
			}
			top := ""
			if len(ids) > 0 {
				top = fmt.Sprint(capt[ids[0]], best[ids[0]])
			}
			t.Log("MISS", q.text, w, "|", capt[q.id], best[q.id], "| top:", top)
		}
	}
	for sc := range n {
		t.Logf("%s n %d rank1 %.3f found %.3f", sc, n[sc], float64(at1[sc])/float64(n[sc]), float64(all[sc])/float64(n[sc]))
	}
}
