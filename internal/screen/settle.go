package screen

import "slices"

// mentionFacts are what the band of a mention follows from.
type mentionFacts struct {
	weakOnly bool // the list calls every matched name weak
	short    bool // only given and family name of a longer name match
	evidence
	letters  int  // of the span
	context  bool // a context word stands in the sentence
	ordinary bool // the word stands in the text in lower case too
}

// mentionBand sorts a mention. Short names are in every text by chance: they
// are strong only in a sentence that speaks of the matter.
func mentionBand(h Hit, c *Card, f mentionFacts) (Band, string) {
	switch {
	case c.Ended:
		return Weak, "every listing of the subject has ended"
	case f.weakOnly:
		return Weak, "only names that the list calls weak match"
	case f.ordinary:
		return Weak, "the text has the same word in lower case"
	case f.short && f.weight < shortPair:
		return Weak, "given and family name of a longer name, common ones"
	case f.short:
		return Possible, "given and family name of a longer name"
	case f.words < 2 && f.letters <= 3:
		return Weak, "a short name"
	case f.words == 1 && f.weight+f.generic < commonWord:
		return Weak, "a single common word"
	case f.words < 2 && f.context:
		return Strong, "a short name in a sentence that speaks of the matter"
	case f.words < 2:
		return Possible, "a single distinctive word"
	case f.weight < fullWord+minPair && !f.context:
		return Possible, "only common words match"
	case h.Confidence >= mentionStrong:
		return Strong, h.atLeast(mentionStrong)
	}
	return Possible, h.below(mentionStrong)
}

const (
	mentionStrong = 9000 // confidence, 1/10000
	shortPair     = 150  // weight of given and family name that tell somebody
	minPair       = 30   // two common words weigh less than fullWord and this
)

// settle lowers what is part of a strong longer name, then raises the possible
// mentions of subjects that the same text names beyond doubt. The mentions are
// in the order of oneASpan. A number is never part of a name.
func settle(ms []Mention) {
	inside := make([]bool, len(ms))
	reach := 0 // end of the strong mentions so far
	for i, m := range ms {
		inside[i] = m.End <= reach
		if m.Hits[0].Band == Strong {
			reach = max(reach, m.End)
		}
	}
	named := map[string]bool{}
	for i := range ms {
		for j := range ms[i].Hits {
			h := &ms[i].Hits[j]
			if inside[i] && h.Band != Weak && h.Identifier == nil {
				h.setBand(Weak, "part of a longer name")
			}
			named[h.Subject] = named[h.Subject] || h.Band == Strong
		}
	}
	for i := range ms {
		for j := range ms[i].Hits {
			if h := &ms[i].Hits[j]; h.Band == Possible && named[h.Subject] {
				h.setBand(Strong, "the text names the subject beyond doubt elsewhere")
			}
		}
		slices.SortFunc(ms[i].Hits, bySeriousness)
	}
}

func (h *Hit) setBand(b Band, why string) {
	h.Band = b
	if h.Explanation != nil {
		h.Explanation.Band = why
	}
}
