package register

import (
	"cmp"
	"slices"

	"interdict/internal/record"
)

// Difference is what changed in content between two editions of one list.
type Difference struct {
	From, To  Info
	Added     []Brief
	Removed   []Brief
	Changed   []Change
	Unchanged int
	Doubts    []string // pairs that were not made; see [State.Take]
}

// Brief names an entry of an edition.
type Brief struct {
	Key, Reference, Name string
	Kind                 record.Kind
}

// Change is an entry that is in both editions with different content.
type Change struct {
	Old, New Brief
	Reason   string // why the two are the same entry
	Paths    []PathChange
}

// PathChange is what one path lost and gained.
type PathChange struct {
	Path     string
	Old, New []string
}

// Diff compares two editions by their canonical content. Entries are paired
// by reference, key and the other evidence that [State.Take] uses.
func Diff(a, b Edition) Difference {
	ha, hb := handles(a.Records), handles(b.Records)
	fa, fb := make([]face, len(ha)), make([]face, len(hb))
	for i, r := range a.Records {
		fa[i] = faceOf(r, ha[i])
	}
	for i, r := range b.Records {
		fb[i] = faceOf(r, hb[i])
	}
	pairs, doubts := pairUp(fa, fb)
	d := differ(a, b, pairs)
	d.Doubts = doubts
	return d
}

// pairsOf gives the pairs that taking e has made with the records of prev.
func (s State) pairsOf(prev Edition, next State, e Edition) []pairing {
	before := s.idsOf(prev)
	at := map[string]int{}
	for i, id := range before {
		at[id] = i
	}
	var out []pairing
	for j, id := range next.idsOf(e) {
		if i, ok := at[id]; ok && id != "" {
			out = append(out, pairing{old: i, now: j, reason: next.reasonOf(id, e.ID)})
		}
	}
	return out
}

func (s State) reasonOf(id, edition string) string {
	steps := s.Entries[id].Steps
	if n := len(steps); n > 0 && steps[n-1].Edition == edition {
		return steps[n-1].Reason
	}
	return "same key and reference"
}

// idsOf returns our ids of the records of an edition that is in force, in
// their order; "" for a record that is not known.
func (s State) idsOf(e Edition) []string {
	byKey := map[string]string{}
	for _, k := range s.Entries {
		if k.Source == e.Source && k.Last == e.ID && k.Gone == "" {
			byKey[k.Key] = k.ID
		}
	}
	out := make([]string, len(e.Records))
	for i, h := range handles(e.Records) {
		out[i] = byKey[h]
	}
	return out
}

func differ(a, b Edition, pairs []pairing) Difference {
	d := Difference{From: a.Info, To: b.Info}
	inA, inB := make([]bool, len(a.Records)), make([]bool, len(b.Records))
	for _, p := range pairs {
		inA[p.old], inB[p.now] = true, true
		x, y := a.Records[p.old], b.Records[p.now]
		paths := comparePaths(Content(x), Content(y))
		if len(paths) == 0 {
			d.Unchanged++
			continue
		}
		d.Changed = append(d.Changed, Change{Old: brief(x), New: brief(y), Reason: p.reason, Paths: paths})
	}
	for i, r := range a.Records {
		if !inA[i] {
			d.Removed = append(d.Removed, brief(r))
		}
	}
	for i, r := range b.Records {
		if !inB[i] {
			d.Added = append(d.Added, brief(r))
		}
	}
	for _, l := range [][]Brief{d.Added, d.Removed} {
		slices.SortStableFunc(l, compareBriefs)
	}
	slices.SortStableFunc(d.Changed, func(x, y Change) int { return compareBriefs(x.New, y.New) })
	return d
}

func compareBriefs(x, y Brief) int {
	return cmp.Or(cmp.Compare(x.Reference, y.Reference), cmp.Compare(x.Key, y.Key))
}

func brief(r record.Record) Brief {
	b := Brief{Key: r.Key, Name: r.PrimaryName(), Kind: r.Kind}
	if len(r.Listings) > 0 {
		b.Reference = r.Listings[0].Reference
	}
	return b
}

// comparePaths compares two sorted multisets of values.
func comparePaths(a, b []Value) []PathChange {
	at := map[string]int{}
	var out []PathChange
	path := func(p string) *PathChange {
		if _, ok := at[p]; !ok {
			at[p] = len(out)
			out = append(out, PathChange{Path: p})
		}
		return &out[at[p]]
	}
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && compareValues(a[0], b[0]) < 0:
			p := path(a[0].Path)
			p.Old, a = append(p.Old, a[0].Text), a[1:]
		case len(a) == 0 || compareValues(a[0], b[0]) > 0:
			p := path(b[0].Path)
			p.New, b = append(p.New, b[0].Text), b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return out
}

func compareValues(a, b Value) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Text, b.Text))
}
