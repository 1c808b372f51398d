package match

import "interdict/internal/name"

// Relation is a way in which words of two names can match (matching.md 4).
type Relation uint8

// The relations in table order, which breaks ties.
const (
	Same    Relation = 1 + iota // R1: equal surface, same class
	Edit                        // R2: folds within k edits
	Bones                       // R3: equal or nearly equal skeletons, one side without short vowels
	Letter                      // R4: an initial and a word that begins with it
	Joined                      // R5: two words of the query are one of the listed name
	Split                       // R6: one word of the query is two of the listed name
	Lexicon                     // R7: both words are in one group of the lexicon
)

var relationNames = [...]string{"", "same", "edit", "consonants", "initial", "joined", "split", "lexicon"}

// String returns the relation in lower case.
func (r Relation) String() string { return relationNames[r] }

// Similarities in 1/1000.
const (
	sameS            = 1000
	foldS            = 970 // equal folds
	bonesS           = 900
	bonesShortS      = 750 // skeletons of two symbols
	bonesNearS       = 800 // one edit, both of at least four symbols
	bonesThreeS      = 600 // one edit, both of three symbols, same first
	vowelS           = 150 // taken off for each written vowel that the other name does not have
	LetterSimilarity = 850 // R4
	JoinedSimilarity = 950 // R5, R6
	variantS         = 930
	nicknameS        = 850
	translateS       = 850
	attestedS        = 900
	conceptS         = 940 // generic words of one concept
	floorS           = 500 // an edge below this does not exist
)

// MinJoined is the length that two joined words need to count as one.
const MinJoined = 4

// JoinAlternatives is how many readings of a word joins look at: part of the
// definition of the score.
const JoinAlternatives = 3

// Reach returns k, the number of edits within which folds of this length (of
// the shorter one) are related by R2: the setting K6 of matching.md 4.
func Reach(length int) int {
	switch {
	case length <= 3:
		return 0
	case length <= 6:
		return 1
	}
	return 2
}

// Relate returns the best relation of two tokens and its similarity in 1/1000;
// 0 if they are not related. It is symmetric.
func Relate(a, b *name.Token) (Relation, int) {
	if a.Class != b.Class {
		return relateInitial(a, b)
	}
	if a.Surface == b.Surface {
		if a.Class == name.Generic && a.Surface[0] == '~' {
			return Lexicon, conceptS
		}
		return Same, sameS
	}
	if a.Class != name.Word && a.Class != name.Particle {
		return 0, 0
	}
	rel, s := Relation(0), 0
	better := func(r Relation, v int) {
		if v > s && v >= floorS {
			rel, s = r, v
		}
	}
	better(Edit, EditSimilarity(a.Fold, b.Fold))
	if a.Class == name.Word {
		if a.Abjad != b.Abjad {
			better(Bones, bones(a, b))
		}
		better(Lexicon, senseSimilarity(a.Senses, b.Senses))
	}
	return rel, s
}

func relateInitial(a, b *name.Token) (Relation, int) {
	if a.Class == name.Initial && b.Class == name.Word || a.Class == name.Word && b.Class == name.Initial {
		if a.Surface[0] == b.Surface[0] {
			return Letter, LetterSimilarity
		}
	}
	return 0, 0
}

// bones is relation R3 of a word whose script writes no short vowels and
// another one, in either order: the skeletons, less what the vowels that it
// does write contradict.
func bones(a, b *name.Token) int {
	s := BonesSimilarity(a.Skeleton, b.Skeleton)
	if s == 0 || len(a.Fold) > name.LongWord || len(b.Fold) > name.LongWord {
		return s
	}
	if b.Abjad {
		a, b = b, a
	}
	return max(floorS, s-vowelS*unsaid(a.Fold, b.Fold))
}

// BonesSimilarity is relation R3 on skeletons, in 1/1000; 0 if unrelated.
func BonesSimilarity(a, b string) int {
	switch {
	case a == "" || b == "":
		return 0
	case a == b && len(a) == 2:
		return bonesShortS
	case a == b:
		return bonesS
	case len(a) > name.LongWord || len(b) > name.LongWord:
		return 0
	case len(a) >= 4 && len(b) >= 4 && within(a, b, 1):
		return bonesNearS
	case len(a) == 3 && len(b) == 3 && a[0] == b[0] && within(a, b, 1):
		return bonesThreeS
	}
	return 0
}

func senseSimilarity(a, b []name.Sense) int {
	best := 0
	for _, x := range a {
		for _, y := range b {
			if x.Group == y.Group {
				best = max(best, SenseSimilarity(x.Kind))
			}
		}
	}
	return best
}

// SenseSimilarity is the similarity of two words of one lexicon group.
func SenseSimilarity(k name.SenseKind) int {
	switch k {
	case name.Variant:
		return variantS
	case name.Nickname:
		return nicknameS
	case name.Attested:
		return attestedS
	}
	return translateS
}

// JoinFolds returns the fold of two adjacent words written as one, and whether
// that can be a word at all.
func JoinFolds(a, b *name.Token) (string, bool) {
	if !Joinable(a) || !Joinable(b) || a.Fold == "" || b.Fold == "" {
		return "", false
	}
	rest := b.Fold
	if a.Fold[len(a.Fold)-1] == b.Fold[0] {
		rest = rest[1:] // equal neighbours collapse, as inside a fold
	}
	fold := a.Fold + rest
	// A word that swallows its neighbour whole is no join of two.
	return fold, rest != "" && len(b.Fold) < len(fold) && len(fold) >= MinJoined && len(fold) <= name.LongWord
}

// Joins reports whether words a and b, adjacent in one name, are the word c of
// the other (R5, R6).
func Joins(a, b, c *name.Token) bool {
	n := len(c.Fold)
	if c.Class != name.Word || n < MinJoined || n > name.LongWord || !Joinable(a) || !Joinable(b) || a.Fold == "" || b.Fold == "" {
		return false
	}
	rest := b.Fold
	if a.Fold[len(a.Fold)-1] == b.Fold[0] {
		rest = rest[1:]
	}
	return rest != "" && len(b.Fold) < n && len(a.Fold)+len(rest) == n && c.Fold[:len(a.Fold)] == a.Fold && c.Fold[len(a.Fold):] == rest
}

// Joinable reports whether a token can be one of two words written as one.
func Joinable(t *name.Token) bool {
	return t.Class == name.Word || t.Class == name.Particle || t.Class == name.Initial
}
