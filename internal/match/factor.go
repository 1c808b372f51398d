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
	formFactor       = 90
	activityFactor   = 90
	genericFactor    = 60
	initialsFactor   = 60
	initialFactor    = 85
	poorFactor       = 85
	halfFactor       = 90
	secondFactor     = 80
	acronymFactor    = 90
	oddAcronymFactor = 50
	relatedFactor    = 85
	syllableFactor   = 80
	differsFactor    = 75
	orderFactor      = 65
	oneWordFactor    = 60
	shortenedFactor  = 80

	contradictionFactor = 80
)

// poorS is the similarity, in 1/1000, below which not all consonants of a word
// agree, or not the vowels that both scripts write.
const poorS = 810

// commonW is the weight, in 1/100, below which a word is common: one of some
// thousand names has it.
const commonW = 80

const fathers = "the order of the fathers differs: A son of B, B son of A"

// Turned reports a result whose fathers stand in another order: most often
// father and son.
func Turned(r Result) bool {
	return slices.ContainsFunc(r.Factors, func(f Factor) bool { return f.Reason == fathers })
}

// fewLetters is the length below which an acronym is that of many.
const fewLetters = 5

const byAcronym = "only an acronym made of the words of a name matches"

// ByAcronym reports a result that rests on an acronym made of the first letters of
// the words of a name.
func ByAcronym(r Result) bool {
	return slices.ContainsFunc(r.Factors, func(f Factor) bool { return f.Reason == byAcronym })
}

// acronym is the factor of an acronym that was made: it must be the other name's
// to the letter, the other must be so printed, and a short one is that of many, so
// that a legal form must agree too.
func acronym(q, l []name.Position, edges []Edge) []Factor {
	made, odd, short, form := false, false, false, false
	for _, e := range edges {
		a, b := &q[e.Q], &l[e.L]
		form = form || a.Class() == name.Form
		if (a.Tags|b.Tags)&name.Derived == 0 {
			continue
		}
		made = true
		odd = odd || a.Tags&b.Tags&name.Derived != 0 || e.Relation != Same
		short = short || len(a.Alts[0].Surface) < fewLetters
	}
	switch {
	case odd, short && !form:
		return []Factor{{byAcronym, oddAcronymFactor}}
	case made:
		return []Factor{{byAcronym, acronymFactor}}
	}
	return nil
}

// factors looks at the chosen pairing only.
func factors(q, l []name.Position, edges []Edge) []Factor {
	out := acronym(q, l, edges)
	if turned(q, l, edges) {
		out = append(out, Factor{fathers, nasabFactor})
	}
	if contradicts(q, l, edges, func(p name.Position) bool { return p.Tags&name.Patronymic != 0 }) {
		out = append(out, Factor{"the patronymics contradict", patronymicFactor})
	}
	if contradicts(q, l, edges, func(p name.Position) bool { return p.Class() == name.Form }) {
		out = append(out, Factor{"the legal forms contradict", formFactor})
	}
	if activities(q, l, edges) {
		out = append(out, Factor{"what the organisations do, or where, contradicts", activityFactor})
	}
	switch whole, initials, alone := byWords(q, l, edges); {
	case initials == 0:
	case whole == 0, whole == 1 && alone:
		out = append(out, Factor{"only initials match", initialsFactor})
	case whole == 1:
		out = append(out, Factor{"one word matches, the rest by an initial", initialFactor})
	}
	if poor(q, l, edges) {
		out = append(out, Factor{"of the few words that match one agrees in some of its consonants only", poorFactor})
	}
	switch {
	case second(q, l, edges):
		out = append(out, Factor{"of two family names only the second matches, a common one", secondFactor})
	case half(q, l, edges):
		out = append(out, Factor{"no more than two common words match, and two of the listed name are missing", halfFactor})
	}
	if related(q, l, edges) {
		out = append(out, Factor{"of the few words that match one is of a family or place, with the ending -i, and the other is not", relatedFactor})
	}
	out = append(out, syllables(q, l, edges)...)
	if genericOnly(q, l, edges) {
		out = append(out, Factor{"only generic words match, and a distinctive word is left over", genericFactor})
	}
	return out
}

// byWords counts the edges between name words, whole and by an initial; alone
// says that one of the initials is the last letter of an organisation's or a
// vessel's name, which shortens no word.
func byWords(q, l []name.Position, edges []Edge) (whole, initials int, alone bool) {
	for _, e := range edges {
		switch {
		case e.Relation == Letter:
			initials++
			alone = alone || (q[e.Q].Tags|l[e.L].Tags)&name.Letter != 0
		case distinctive(q[e.Q]) && q[e.Q].Class() != name.Initial:
			whole++
		}
	}
	return whole, initials, alone
}

// poor reports one or two name words that match, of which one does in some of
// its consonants only, or is another name of the same consonants, or three of which
// two do. Two names that both write no short vowels differ by a slip there, not by
// the way in which one was written in other letters.
func poor(q, l []name.Position, edges []Edge) bool {
	words, little := 0, 0
	for _, e := range edges {
		if !distinctive(q[e.Q]) {
			continue
		}
		words++
		slip := vowelless(q[e.Q]) && vowelless(l[e.L])
		if e.Relation == Bones && (e.S < poorS && !slip || others(&q[e.Q], &l[e.L])) {
			little++
		}
	}
	return words <= 2 && little > 0 || words == 3 && little > 1
}

// vowelless reports a word that was written without short vowels.
func vowelless(p name.Position) bool {
	return slices.ContainsFunc(p.Alts, func(t name.Token) bool { return t.Abjad })
}

// half reports that no more than two words match, all of them common, and that
// two name words or more of the listed name are missing: half of the name of one of
// many people.
func half(q, l []name.Position, edges []Edge) bool {
	words := 0
	for _, e := range edges {
		if !distinctive(q[e.Q]) {
			continue
		}
		words++
		if e.W >= commonW {
			return false
		}
	}
	_, left := without(q, l, edges, distinctive)
	return words > 0 && words <= 2 && left >= 2
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

// activities reports names of which each has a generic word that the other
// lacks: an oil company is not the gas company of the same name.
func activities(q, l []name.Position, edges []Edge) bool {
	inQ, inL := without(q, l, edges, func(p name.Position) bool { return p.Class() == name.Generic })
	return inQ > 0 && inL > 0
}

// without counts the words of a sort on each side that have no partner.
func without(q, l []name.Position, edges []Edge, is func(name.Position) bool) (inQ, inL int) {
	count := func(all []name.Position) (n int) {
		for _, p := range all {
			if is(p) {
				n++
			}
		}
		return n
	}
	inQ, inL = count(q), count(l)
	for _, e := range edges {
		inQ -= count(q[e.Q : e.Q+e.QN])
		inL -= count(l[e.L : e.L+e.LN])
	}
	return inQ, inL
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
