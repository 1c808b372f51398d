package name

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// The lengths from which a word, and a phrase without its blanks, may have a
// slip in it and still be meant: shorter ones are one slip from many a name.
const (
	slipWord   = 5
	slipPhrase = 7
)

// formWords are the words of legal forms that may have a slip in them.
var formWords = sync.OnceValue(func() []string {
	out := map[string]bool{}
	for phrase, c := range concepts() {
		for w := range strings.FieldsSeq(phrase) {
			if c.class == Form && lowerASCII(w) && (len(w) >= slipWord || consonantal(w)) {
				out[w] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(out))
})

// phraseWords are the words of all concepts.
var phraseWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for phrase := range concepts() {
		for w := range strings.FieldsSeq(phrase) {
			out[w] = true
		}
	}
	return out
})

// consonantal reports an abbreviation that cannot be spoken, and so is no name.
func consonantal(w string) bool { return len(w) >= 4 && !strings.ContainsAny(w, "aeiouy") }

// meant returns the word of legal forms of which w is a misspelling, "" if it is
// of none, or a word that is known.
func meant(w string) string {
	if len(w) < 4 || rarity(w) < maxWord || phraseWords()[w] || particles()[w].kind != notParticle {
		return ""
	}
	for _, f := range formWords() {
		if slipped(w, f) {
			return f
		}
	}
	return ""
}

// slipped reports that w differs from the word f by one letter more, less or
// other, or by two neighbours exchanged, which is all that a short one may have.
func slipped(w, f string) bool {
	a, b := w, f
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[1] && a[1] == b[0]
	}
	return len(f) >= slipWord && max(len(a), len(b)) == 1
}

// intended is the word that was meant, if it is known which, else the word.
func (p *piece) intended() string {
	if p.meant != "" {
		return p.meant
	}
	return p.first()
}

// misspelt finds the longest phrase that is a legal form but for one slip in one
// word. Two slips are another phrase.
func misspelt(pieces []placed, longest int) (concept, int) {
	var best concept
	found := 0
	var buf [128]byte
	key, slips := buf[:0], 0
	for n := 1; n <= longest && n <= len(pieces); n++ {
		p := pieces[n-1]
		if n > 1 {
			key = append(key, ' ')
		}
		key = append(key, p.intended()...)
		if p.meant != "" {
			slips++
		}
		if c, ok := concepts()[string(key)]; ok && c.class == Form && slips == 1 && long(string(key)) {
			best, found = c, n
		}
	}
	return best, found
}

func long(phrase string) bool {
	return len(phrase)-strings.Count(phrase, " ") >= slipPhrase || consonantal(phrase)
}
