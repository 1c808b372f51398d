package screen

import (
	"interdict/internal/match"
	"interdict/internal/name"
)

// evidence is what the words that matched tell.
type evidence struct {
	weight   int  // of name words and numbers, 1/100
	words    int  // how many of them the listed name has
	rarest   int  // greatest weight of one of them, 1/100
	generic  int  // weight of generic words, 1/100
	doubtful bool // one of them agrees in some of its consonants only
	turned   bool // the order of the fathers differs
	acronym  bool // an acronym made of the words of one of the names matches
}

// fullBones is the similarity, in 1/1000, of words of which all consonants
// agree, and all vowels that both scripts write.
const fullBones = 900

// telling weighs the words that matched. Two words that are one in the other
// name tell what one tells. Generic words tell something by themselves only
// where the listed name has nothing else: "Islamic State".
func telling(r match.Result, q []name.Position) evidence {
	out := evidence{turned: match.Turned(r), acronym: match.ByAcronym(r)}
	for _, e := range r.Edges {
		weight := 0
		for _, p := range q[e.Q : e.Q+e.QN] {
			switch p.Class() {
			case name.Word, name.Number:
				weight += p.Weight()
			case name.Generic:
				out.generic += p.Weight()
			}
		}
		if weight > 0 {
			out.add(weight, e)
		}
	}
	if out.words == 0 && len(r.Factors) == 0 && r.UL == 0 {
		out.weight, out.rarest = out.generic, out.generic
	}
	return out
}

func (v *evidence) add(weight int, e match.Edge) {
	v.weight += weight
	v.words++
	v.rarest = max(v.rarest, int(e.W))
	v.doubtful = v.doubtful || e.Relation == match.Bones && e.S < fullBones
}

// Weights of words, 1/100: below commonWord one of some thousand names has the
// word, below rareWord one of some ten thousand.
const (
	commonWord = 80
	rareWord   = 90
)

// qualify says what the words tell of a name, nothing where they are as usual.
func (v evidence) qualify(query, listed string) []Qualifier {
	var out []Qualifier
	add := func(field, says string, logit int) { out = append(out, Qualifier{field, query, listed, says, logit}) }
	switch {
	case v.words > 0 && v.rarest < commonWord:
		add("words", "only common words match", commonWords)
	case v.weight < 100:
		add("words", "what matches is one word, or common ones", fewWords)
	case v.words > 0 && v.rarest < rareWord:
		add("words", "no rare word matches", frequentWords)
	case v.words >= 3 && v.weight >= 240:
		add("words", "several distinctive words match", manyWords)
	}
	if v.doubtful {
		add("consonants", "a word agrees in some of its consonants only", someConsonants)
	}
	if v.acronym {
		add("acronym", "only the first letters of the words match", madeAcronym)
	}
	if v.turned {
		add("fathers", "the order of the fathers differs", fathersTurned)
	}
	return out
}
