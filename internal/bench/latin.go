package bench

import (
	"cmp"
	"maps"
	"slices"
	"unicode"

	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
	"interdict/internal/script"
)

// LatinOnly is the search across scripts: names in original script, each
// searched in a copy of the register from which every name with a letter that
// is not Latin was taken out.
type LatinOnly struct {
	Snapshot  string      `json:"snapshot"`
	Threshold int         `json:"threshold"` // 1/1000
	Subjects  int         `json:"subjects"`
	TakenOut  int         `json:"names_taken_out"`
	Mixed     int         `json:"mixed_not_searched"` // names in two scripts: part of them is still there
	Rows      []LatinPart `json:"rows"`
	Misses    []Miss      `json:"misses,omitempty"`
}

// LatinPart is the outcome for the names of one list in one script.
type LatinPart struct {
	Source string `json:"source"`
	Script string `json:"script"`
	First  Share  `json:"right_subject_first"`
	Found  Share  `json:"right_subject_found"`
}

// Miss is a name whose subject did not come first.
type Miss struct {
	Query   string `json:"query"`
	Script  string `json:"script"`
	Subject string `json:"subject"`
	Caption string `json:"caption"`
	Rank    int    `json:"rank"` // 0: not found
	Points  int    `json:"score"`
	First   string `json:"first,omitempty"` // who came first
}

// foreign is a name to search.
type foreign struct {
	text, source, script, subject, caption string
}

// SearchLatinOnly searches every primary name, and every form of it in
// original script, that has no Latin letter. It lists the first n misses,
// those not found before those found too low.
func SearchLatinOnly(e *screen.Engine, threshold, n int, step func()) (LatinOnly, error) {
	out := LatinOnly{Snapshot: e.Snapshot(), Threshold: threshold}
	all, err := subjects(e)
	if err != nil {
		return out, err
	}
	out.Subjects = len(all)
	var queries []foreign
	for i := range all {
		queries = append(queries, out.strip(&all[i])...)
	}
	if len(queries) == 0 {
		return out, fault.New(fault.NotFound, "the register in force has no primary name in another script than Latin")
	}
	copied, err := engineOf(all, e.Snapshot()+", Latin only")
	if err != nil {
		return out, err
	}
	type answer struct {
		Miss
		err error
	}
	answers := each(len(queries), func() func(int) answer {
		return func(i int) answer {
			defer step()
			q := queries[i]
			a, err := copied.Name(screen.Query{Name: q.text}, screen.Options{Threshold: threshold, Brief: true})
			m := Miss{Query: q.text, Script: q.script, Subject: q.subject, Caption: q.caption}
			if k := slices.IndexFunc(a.Hits, func(h screen.Hit) bool { return h.Subject == q.subject }); k >= 0 {
				m.Rank, m.Points = k+1, int(a.Hits[k].Score)
			}
			if len(a.Hits) > 0 && m.Rank != 1 {
				m.First = a.Hits[0].Caption
			}
			return answer{m, err}
		}
	})
	ranks := make([]int, len(queries))
	for i, a := range answers {
		if a.err != nil {
			return out, a.err
		}
		ranks[i] = a.Rank
		if a.Rank != 1 {
			out.Misses = append(out.Misses, a.Miss)
		}
	}
	out.Rows = latinParts(queries, ranks)
	slices.SortStableFunc(out.Misses, func(a, b Miss) int { return cmp.Compare(a.Rank, b.Rank) })
	out.Misses = out.Misses[:min(n, len(out.Misses))]
	return out, nil
}

// strip takes the names that are not Latin out of a subject and returns those
// to search.
func (l *LatinOnly) strip(s *register.Subject) []foreign {
	var out []foreign
	seen := map[string]bool{}
	for i := range s.Entries {
		e := &s.Entries[i]
		e.Names = slices.DeleteFunc(slices.Clone(e.Names), func(n record.Name) bool {
			other, some := letterScripts(n.Full)
			if !other {
				return false
			}
			l.TakenOut++
			switch {
			case n.Type != record.Primary || seen[n.Full]:
			case some:
				l.Mixed++
			default:
				seen[n.Full] = true
				out = append(out, foreign{n.Full, e.Source, script.Of(n.Full), s.ID, s.Caption})
			}
			return true
		})
		e.Earlier = slices.DeleteFunc(slices.Clone(e.Earlier), func(text string) bool {
			other, _ := letterScripts(text)
			return other
		})
	}
	return out
}

// letterScripts reports whether a name has letters that are not Latin, and
// whether it has Latin ones.
func letterScripts(s string) (other, latin bool) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			if unicode.Is(unicode.Latin, r) {
				latin = true
			} else if !unicode.Is(unicode.Common, r) && !unicode.Is(unicode.Inherited, r) {
				other = true
			}
		}
	}
	return other, latin
}

func latinParts(queries []foreign, ranks []int) []LatinPart {
	type key struct{ source, script string }
	type count struct{ first, found, all int }
	counts, sources := map[key]*count{}, map[string]bool{}
	for i, q := range queries {
		sources[q.source] = true
		for _, k := range []key{{"all", "all"}, {"all", q.script}, {q.source, "all"}, {q.source, q.script}} {
			if counts[k] == nil {
				counts[k] = &count{}
			}
			c := counts[k]
			c.all++
			if ranks[i] > 0 {
				c.found++
			}
			if ranks[i] == 1 {
				c.first++
			}
		}
	}
	if len(sources) == 1 {
		maps.DeleteFunc(counts, func(k key, _ *count) bool { return k.source == "all" })
	}
	last := func(s string) int {
		if s == "all" {
			return 0
		}
		return 1
	}
	var out []LatinPart
	for _, k := range slices.SortedFunc(maps.Keys(counts), func(a, b key) int {
		return cmp.Or(cmp.Compare(last(a.source), last(b.source)), cmp.Compare(a.source, b.source),
			cmp.Compare(last(a.script), last(b.script)), cmp.Compare(counts[b].all, counts[a].all), cmp.Compare(a.script, b.script))
	}) {
		c := counts[k]
		out = append(out, LatinPart{k.source, k.script, NewShare(c.first, c.all), NewShare(c.found, c.all)})
	}
	return out
}
