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
		// Words of one letter count too: many a syllable is one.
		switch leftQ, leftL := without(q, l, edges, func(p name.Position) bool { return p.Class() != name.Particle }); {
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
