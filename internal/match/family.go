package match

import "interdict/internal/name"

// second reports that of the two family names that the list prints before its
// comma only the second one matches, a common one, beside one word more. In
// Spanish the father's name comes first, and whoever goes by one family name
// goes by that; so it is another family's name.
func second(q, l []name.Position, edges []Edge) bool {
	words, found := 0, false
	for _, e := range edges {
		if !distinctive(q[e.Q]) {
			continue
		}
		words++
		if l[e.L].Tags&name.Paternal != 0 || e.LN == 2 && l[e.L+1].Tags&name.Paternal != 0 {
			return false
		}
		before := e.L > 0 && l[e.L-1].Tags&name.Paternal != 0
		found = found || before && e.W < commonW
	}
	return found && words <= 2
}

// related reports one or two name words that match, of which one has the ending
// of relation and the other has not, or three of which two differ so: Hasani is
// a family, Hasan a man of any family. A script without short vowels writes
// this i, so that it is no matter of spelling if one of both is in such a one.
func related(q, l []name.Position, edges []Edge) bool {
	words, differ := 0, 0
	for _, e := range edges {
		if !distinctive(q[e.Q]) {
			continue
		}
		words++
		written := vowelless(q[e.Q]) || vowelless(l[e.L])
		if written && e.QN == 1 && e.LN == 1 && e.S < foldS && nisba(&q[e.Q].Alts[0], &l[e.L].Alts[0]) {
			differ++
		}
	}
	return words <= 2 && differ > 0 || words == 3 && differ > 1
}

// nisba reports two words of the same consonants, of which one ends with the
// long i of relation and the other with a consonant.
func nisba(a, b *name.Token) bool {
	if a.Skeleton == "" || a.Skeleton != b.Skeleton {
		return false
	}
	x, y := a.Fold[len(a.Fold)-1], b.Fold[len(b.Fold)-1]
	return x == 'i' && !soft(y) || y == 'i' && !soft(x)
}

// others reports two words that are both known names, and not the same one:
// Muhammad and Mahmud have the same consonants.
func others(a, b *name.Position) bool {
	known := false
	for _, x := range variants(a) {
		for _, y := range variants(b) {
			if x == y {
				return false
			}
			known = true
		}
	}
	return known
}

// variants are the groups of the lexicon with the spellings of one name that the
// readings of a word are in.
func variants(p *name.Position) []uint32 {
	var out []uint32
	for i := range p.Alts {
		for _, s := range p.Alts[i].Senses {
			if s.Kind == name.Variant {
				out = append(out, s.Group)
			}
		}
	}
	return out
}
