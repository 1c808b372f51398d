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
	words, joined := 0, false
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
		differs = differs || e.Relation == Edit && e.S < foldS
	}
	if differs {
		out = append(out, Factor{"a syllable of a Chinese or Korean name differs", syllableFactor})
	}
	if joined && words == 1 {
		out = append(out, Factor{"a whole Chinese or Korean name is one word of the other", oneWordFactor})
	}
	if shortened(q, l, edges) {
		out = append(out, Factor{"a Chinese or Korean name is not shortened", shortenedFactor})
	}
	return out
}

func syllable(p name.Position) bool { return p.Tags&name.Syllable != 0 }

// shortened reports a name of syllables alone of which the other name has
// every one, and a word more.
func shortened(q, l []name.Position, edges []Edge) bool {
	leftQ, leftL := leftWords(q, l, edges)
	return onlySyllables(q) && leftQ == 0 && leftL > 0 || onlySyllables(l) && leftL == 0 && leftQ > 0
}

func onlySyllables(p []name.Position) bool {
	return !slices.ContainsFunc(p, func(x name.Position) bool { return x.Class() == name.Word && !syllable(x) })
}

// leftWords counts the words of each side without a partner.
func leftWords(q, l []name.Position, edges []Edge) (leftQ, leftL int) {
	for _, p := range q {
		if p.Class() == name.Word {
			leftQ++
		}
	}
	for _, p := range l {
		if p.Class() == name.Word {
			leftL++
		}
	}
	for _, e := range edges {
		for _, p := range q[e.Q : e.Q+e.QN] {
			if p.Class() == name.Word {
				leftQ--
			}
		}
		for _, p := range l[e.L : e.L+e.LN] {
			if p.Class() == name.Word {
				leftL--
			}
		}
	}
	return leftQ, leftL
}
