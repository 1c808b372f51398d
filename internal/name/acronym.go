package name

import (
	"slices"
	"strings"
	"unicode/utf8"

	"interdict/internal/script"
)

// The numbers of words that an acronym is made of. Three letters are those of
// too many.
const (
	fewestLetters = 4
	mostLetters   = 12
)

// honours stand before whom an institution is named after, which its acronym
// leaves out.
var honours = []string{"имени", "им", "named"}

// acronymScripts are the scripts of whose words an acronym takes the first letters.
var acronymScripts = []string{"Latn", "Cyrl", "Grek"}

// acronym reads the name of an organisation as the first letters of its words, in
// its own script, with its legal forms. Whoever goes by an acronym need not be
// listed by it. ok is false for a name that is none of an organisation by its
// words, and of one with a number or with words in other scripts.
func (r *Reader) acronym(words []word, x Reading) (out Reading, ok bool) {
	out.Kind = x.Kind
	made, at := initials{}, -1
	for _, p := range x.Positions {
		switch p.Class() {
		case Form:
			made.kinds++
			out.Positions = append(out.Positions, p)
			continue
		case Generic:
			made.kinds++
		case Word, Initial:
			made.names++
		}
		if !made.take(words, p) {
			return out, false
		}
		if at < 0 {
			at = len(out.Positions)
			out.Positions = append(out.Positions, Position{Start: p.Start, Tags: Derived})
		}
		whole := &out.Positions[at]
		whole.Start, whole.End = min(whole.Start, p.Start), max(whole.End, p.End)
	}
	if !made.tell() {
		return out, false
	}
	read := r.positions(nil, []word{{clean: made.letters.String()}}, x.Kind, mixed)
	if len(read) != 1 || read[0].Class() != Word {
		return out, false
	}
	out.Positions[at].Alts = read[0].Alts
	return out, true
}

// initials are the first letters of the words of a name so far.
type initials struct {
	letters      strings.Builder
	script       string
	names, kinds int  // positions with a name, and with a word of organisations
	honoured     bool // what follows is whom it is named after
}

// take adds the letters of the words of a position; no for one of which none can be
// made.
func (m *initials) take(words []word, p Position) bool {
	if p.Class() == Number {
		return false
	}
	for _, w := range words {
		if w.start < p.Start || w.end > p.End {
			continue
		}
		m.honoured = m.honoured || slices.Contains(honours, w.clean)
		if m.honoured || particles()[w.clean].kind != notParticle {
			continue
		}
		s := scriptOf(w.clean)
		if m.script == "" {
			m.script = s
		}
		if s != m.script || !slices.Contains(acronymScripts, s) {
			return false
		}
		first, _ := utf8.DecodeRuneInString(w.clean)
		m.letters.WriteRune(first)
	}
	return true
}

// tell reports letters that tell something, of what is an organisation.
func (m *initials) tell() bool {
	n := utf8.RuneCountInString(m.letters.String())
	return m.names > 0 && m.kinds > 0 && n >= fewestLetters && n <= mostLetters
}

func scriptOf(clean string) string {
	if lowerASCII(clean) {
		return "Latn"
	}
	return script.Of(clean)
}
