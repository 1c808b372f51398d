package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/record"
)

// evidence is what speaks for two entries of one list being the same.
type evidence struct {
	key, ref, former  bool
	names             nameGrade
	nameText          string
	births            birthGrade
	ident             string
	listed, kindClash bool
	independent       bool // the reference is not the key itself
}

func weigh(a, b face, r rarity) evidence {
	e := evidence{
		key:       a.handle == b.handle && a.handle != "",
		ref:       shared(a.refs, b.refs) != "",
		former:    shared(a.former, b.refs) != "" || shared(a.refs, b.former) != "",
		births:    compareBirths(a.births, b.births),
		ident:     sharedIdentifier(a.ids, b.ids),
		listed:    shared(a.listed, b.listed) != "",
		kindClash: clash(a.kind, b.kind),
	}
	e.names, e.nameText = compareNames(a, b, r)
	e.independent = !slices.Contains(a.refs, reference(a.handle))
	return e
}

func clash(a, b record.Kind) bool {
	return a != b && a != record.Unknown && b != record.Unknown && a != "" && b != ""
}

// contradicted reports whether names and births both say that these are two.
func (e evidence) contradicted() bool {
	return e.names <= oneCommon && e.births == birthsApart || e.kindClash && e.names < moreTokens
}

// admitted reports whether the evidence suffices for one entry, and why. No
// single weak name ever does, nor a key or a reference against names and
// births that disagree: lists give keys away again.
func (e evidence) admitted() (string, bool) {
	agree := e.names >= oneToken || e.births == sameBirthDay || e.ident != ""
	switch {
	case e.contradicted():
		return "", false
	case e.key && e.ref && e.independent:
		return "same key and reference" + e.agreement(), true
	case e.ref && agree:
		return "same reference" + e.agreement(), true
	case e.former && agree:
		return "earlier reference" + e.agreement(), true
	case e.key && agree:
		return "same key" + e.agreement(), true
	case e.kindClash || e.births == birthsApart:
		return "", false
	case e.ident != "" && e.names >= oneToken,
		e.names >= fullName && (e.births >= birthsOverlap || e.ident != "" || e.listed),
		e.names == primaryName && strings.Contains(e.nameText, " "),
		e.names == moreTokens && e.births == sameBirthDay && e.listed:
		return "neither key nor reference remains" + e.agreement(), true
	}
	return "", false
}

// agreement lists what agrees, for the reader of a reason.
func (e evidence) agreement() string {
	var s []string
	switch {
	case e.names >= fullName:
		s = append(s, "same name "+e.nameText)
	case e.names >= oneToken:
		s = append(s, "names share words: "+e.nameText)
	}
	switch e.births {
	case sameBirthDay:
		s = append(s, "same day of birth")
	case birthsOverlap:
		s = append(s, "births overlap")
	case birthsApart:
		s = append(s, "births differ")
	}
	if e.ident != "" {
		s = append(s, "same "+e.ident)
	}
	if e.listed {
		s = append(s, "same day of listing")
	}
	if e.kindClash {
		s = append(s, "the kind changed")
	}
	if len(s) == 0 {
		return ""
	}
	return "; " + strings.Join(s, ", ")
}

// points order the admitted pairs; they decide which is tried first, never
// whether a pair is admitted.
func (e evidence) points() int {
	p := [...]int{namesApart: -10, namesUnknown: 0, oneCommon: 4, oneToken: 10, moreTokens: 20, fullName: 30, primaryName: 40}[e.names]
	p += [...]int{-30, 0, 12, 25}[e.births+1]
	for _, x := range []struct {
		is bool
		n  int
	}{{e.key, 40}, {e.ref, 50}, {e.former, 45}, {e.ident != "", 35}, {e.listed, 10}} {
		if x.is {
			p += x.n
		}
	}
	return p
}

// pairing is one assignment of an entry of the old side to one of the new.
type pairing struct {
	old, now int // indexes into the two sides
	points   int
	reason   string
}

// pairUp assigns entries of two editions of one list one to one: best first,
// and only where the best partner is the only best on both sides. It returns
// the pairs in the order of the new side, and a sentence for each entry left
// alone because two partners were equally good, or because the partner that
// its key or reference names is contradicted.
func pairUp(old, now []face) (pairs []pairing, doubts []string) {
	r := rarityOf(old, now)
	var open []pairing
	for _, c := range candidates(old, now) {
		e := weigh(old[c[0]], now[c[1]], r)
		if reason, ok := e.admitted(); ok {
			open = append(open, pairing{c[0], c[1], e.points(), reason})
		} else if e.ref || e.key && e.contradicted() {
			doubts = append(doubts, fmt.Sprintf("%s and %s: same %s, but nothing else agrees", old[c[0]].title(), now[c[1]].title(), which(e)))
		}
	}
	oldDone, nowDone := make([]bool, len(old)), make([]bool, len(now))
	for {
		won := mutualBest(open)
		if len(won) == 0 {
			break
		}
		for _, p := range won {
			oldDone[p.old], nowDone[p.now] = true, true
		}
		pairs = append(pairs, won...)
		open = slices.DeleteFunc(open, func(p pairing) bool { return oldDone[p.old] || nowDone[p.now] })
	}
	for _, p := range open {
		doubts = append(doubts, fmt.Sprintf("%s and %s: others fit as well (%s)", old[p.old].title(), now[p.now].title(), p.reason))
	}
	slices.SortFunc(pairs, func(a, b pairing) int { return cmp.Compare(a.now, b.now) })
	return pairs, doubts
}

func which(e evidence) string {
	if e.ref {
		return "reference"
	}
	return "key"
}

// title names an entry in a sentence.
func (f face) title() string {
	if len(f.names) > 0 {
		return f.shown + " " + f.names[0].text
	}
	return f.shown
}

// mutualBest returns the pairs that are the only best on both sides.
func mutualBest(open []pairing) []pairing {
	type best struct {
		points int
		ties   int
	}
	old, now := map[int]best{}, map[int]best{}
	note := func(m map[int]best, i, points int) {
		b, ok := m[i]
		switch {
		case !ok || points > b.points:
			m[i] = best{points, 1}
		case points == b.points:
			m[i] = best{points, b.ties + 1}
		}
	}
	for _, p := range open {
		note(old, p.old, p.points)
		note(now, p.now, p.points)
	}
	var won []pairing
	for _, p := range open {
		if only := (best{p.points, 1}); old[p.old] == only && now[p.now] == only {
			won = append(won, p)
		}
	}
	return won
}

// crowd is the number of bearers from which on a key no longer finds anybody.
const crowd = 40

// candidates returns the pairs that share a key, a reference, a whole name or
// a strong identifier, ordered.
func candidates(old, now []face) [][2]int {
	index := map[string][]int{}
	for i, f := range old {
		for _, k := range f.blocks() {
			index[k] = append(index[k], i)
		}
	}
	seen := map[[2]int]bool{}
	var out [][2]int
	for j, f := range now {
		for _, k := range f.blocks() {
			if len(index[k]) > crowd {
				continue
			}
			for _, i := range index[k] {
				if c := [2]int{i, j}; !seen[c] {
					seen[c] = true
					out = append(out, c)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return out
}

// blocks are the keys under which an entry is looked for.
func (f face) blocks() []string {
	out := []string{"key " + f.handle}
	for _, s := range append(slices.Clone(f.refs), f.former...) {
		out = append(out, "ref "+s)
	}
	for _, n := range f.names {
		if !n.weak {
			out = append(out, "name "+n.key)
		}
	}
	for _, x := range f.ids {
		out = append(out, "id "+x.key)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
