package index

import "interdict/internal/name"

// letterSet is a set of first letters, one bit for several of them: it may say
// yes too often.
type letterSet uint32

const letterBits = 32 - weightBits - kindBits - moreBits

func letterBit(c byte) letterSet { return 1 << (c % letterBits) }

// firstLetters are the letters that the words of each node begin with (R4).
func (seg *Segment) firstLetters() []letterSet {
	out := make([]letterSet, len(seg.nodes))
	for n := range seg.nodes {
		for i := range seg.nodes[n] {
			if t := &seg.nodes[n][i]; t.Class == name.Word && t.Surface != "" {
				out[n] |= letterBit(t.Surface[0])
			}
		}
	}
	return out
}

// initialsOf are the letters of the readings of a word that are initials.
func initialsOf(alts []name.Token) letterSet {
	var out letterSet
	for i := range alts {
		if alts[i].Class == name.Initial {
			out |= letterBit(alts[i].Surface[0])
		}
	}
	return out
}
