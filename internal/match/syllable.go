package match

import (
	"slices"

	"interdict/internal/name"
)

// syllables are the factors of names in Han or Hangul, whose words are
// syllables: few, short, each a name of its own, and none is ever left out.
func syllables(q, l []name.Position, edges []Edge) []Factor {
	if !slices.ContainsFunc(q, syllable) && !slices.ContainsFunc(l, syllable) {
		return nil
	}
	var out []Factor
	words, joined, initial := 0, false, false
	differs := false
	for _, e := range edges {
		if !distinctive(q[e.Q]) {
			continue
		}
		words++
		if !syllable(q[e.Q]) && !syllable(l[e.L]) {
			continue
		}
		joined = joined || e.Relation == Joined || e.Relation == Split
		initial = initial || e.Relation == Letter
		differs = differs || e.Relation == Edit && e.S < foldS
	}
	if differs {
		out = append(out, Factor{"a syllable of a Chinese or Korean name differs", differsFactor})
	}
	if joined && words == 1 {
		out = append(out, Factor{"a whole Chinese or Korean name is one word of the other", oneWordFactor})
	}
	if initial {
		out = append(out, Factor{"a syllable of a Chinese or Korean name by its first letter only", syllableFactor})
	}
	if rotated(edges) {
		out = append(out, Factor{"the syllables of a Chinese or Korean name stand in another order", orderFactor})
	}
	if onlySyllables(q) || onlySyllables(l) {
		switch leftQ, leftL := leftWords(q, l, edges); {
		case leftQ > 0 && leftL > 0:
			out = append(out, Factor{"a syllable of a Chinese or Korean name contradicts", contradictionFactor})
		case leftQ > 0 || leftL > 0:
			out = append(out, Factor{"a Chinese or Korean name is not shortened", shortenedFactor})
		}
	}
	return out
}

// rotated reports three or more words of which the order differs by more than
// where the family name stands: that is behind the given name or before it, so
// the orders of one name are rotations of each other.
func rotated(edges []Edge) bool {
	falls := 0
	for i, e := range edges {
		if next := edges[(i+1)%len(edges)]; next.L < e.L {
			falls++
		}
	}
	return len(edges) > 2 && falls > 1
}

func syllable(p name.Position) bool { return p.Tags&name.Syllable != 0 }

func onlySyllables(p []name.Position) bool {
	return !slices.ContainsFunc(p, func(x name.Position) bool { return x.Class() == name.Word && !syllable(x) })
}

// leftWords counts the words of each side without a partner, but for particles:
// those of one letter too, for many a syllable is one.
func leftWords(q, l []name.Position, edges []Edge) (leftQ, leftL int) {
	counts := func(p name.Position) bool { return p.Class() != name.Particle }
	for _, p := range q {
		if counts(p) {
			leftQ++
		}
	}
	for _, p := range l {
		if counts(p) {
			leftL++
		}
	}
	for _, e := range edges {
		for _, p := range q[e.Q : e.Q+e.QN] {
			if counts(p) {
				leftQ--
			}
		}
		for _, p := range l[e.L : e.L+e.LN] {
			if counts(p) {
				leftL--
			}
		}
	}
	return leftQ, leftL
}
