package match

import (
	"slices"

	"interdict/internal/name"
)

// Factor lowers a score for what the words alone do not tell
// (matching.md 5.3). It is never above 1, so no bound of the index needs it.
type Factor struct {
	Reason     string
	Hundredths int
}

// Factors in 1/100.
const (
	nasabFactor      = 85
	patronymicFactor = 85
	formFactor       = 95
	genericFactor    = 60
	initialsFactor   = 60
	initialFactor    = 85
	syllableFactor   = 80
	oneWordFactor    = 60
	shortenedFactor  = 80
)

// factors looks at the chosen pairing only.
func factors(q, l []name.Position, edges []Edge) []Factor {
	var out []Factor
	if turned(q, l, edges) {
		out = append(out, Factor{"the order of the fathers differs: A son of B, B son of A", nasabFactor})
	}
	if contradicts(q, l, edges, func(p name.Position) bool { return p.Tags&name.Patronymic != 0 }) {
		out = append(out, Factor{"the patronymics contradict", patronymicFactor})
	}
	if contradicts(q, l, edges, func(p name.Position) bool { return p.Class() == name.Form }) {
		out = append(out, Factor{"the legal forms contradict", formFactor})
	}
	switch whole, initials := byWords(q, edges); {
	case initials == 0:
	case whole == 0:
		out = append(out, Factor{"only initials match", initialsFactor})
	case whole == 1:
		out = append(out, Factor{"one word matches, the rest by an initial", initialFactor})
	}
	out = append(out, syllables(q, l, edges)...)
	if genericOnly(q, l, edges) {
		out = append(out, Factor{"only generic words match, and a distinctive word is left over", genericFactor})
	}
	return out
}

// byWords counts the edges between name words, whole and by an initial.
func byWords(q []name.Position, edges []Edge) (whole, initials int) {
	for _, e := range edges {
		switch {
		case e.Relation == Letter:
			initials++
		case distinctive(q[e.Q]) && q[e.Q].Class() != name.Initial:
			whole++
		}
	}
	return whole, initials
}

// genericOnly reports that no name word or number is paired although one of
// the names has one: "Trading Company" is not every trading company.
func genericOnly(q, l []name.Position, edges []Edge) bool {
	for _, e := range edges {
		if distinctive(q[e.Q]) || distinctive(l[e.L]) {
			return false
		}
	}
	return slices.ContainsFunc(q, distinctive) || slices.ContainsFunc(l, distinctive)
}

func distinctive(p name.Position) bool {
	switch p.Class() {
	case name.Word, name.Number, name.Initial:
		return true
	}
	return false
}

// turned reports two words whose order by generation differs between the names.
func turned(q, l []name.Position, edges []Edge) bool {
	for i, e := range edges {
		if q[e.Q].Class() != name.Word {
			continue
		}
		for _, f := range edges[i+1:] {
			if q[f.Q].Class() != name.Word {
				continue
			}
			a := int(q[e.Q].Chain) - int(q[f.Q].Chain)
			b := int(l[e.L].Chain) - int(l[f.L].Chain)
			if a*b < 0 {
				return true
			}
		}
	}
	return false
}

// contradicts reports that both names have a word of this sort, and none of
// them is paired with one of the same sort.
func contradicts(q, l []name.Position, edges []Edge, is func(name.Position) bool) bool {
	inQ, inL := false, false
	for _, p := range q {
		inQ = inQ || is(p)
	}
	for _, p := range l {
		inL = inL || is(p)
	}
	if !inQ || !inL {
		return false
	}
	for _, e := range edges {
		if is(q[e.Q]) || is(l[e.L]) {
			return false
		}
	}
	return true
}
