package name

import (
	"slices"
	"strings"
)

// listNotes are notes that lists print in brackets beside a name, and that are no part
// of it. With more words behind them they tell another name.
var listNotes = []string{"previously listed as", "formerly listed as", "combat name", "nom de guerre"}

// languages are notes that say in which language the name is.
var languages = []string{"amharic", "arabic", "chinese", "dari", "farsi", "hebrew", "korean", "pashto", "persian", "russian", "tigrinya", "ukrainian", "urdu"}

// bornStarts begin the note of a birth, if a digit stands behind them.
var bornStarts = []string{"born on ", "born in ", "born "}

// withoutNotes leaves out the words of such notes, if any word is left then. Texts
// are read whole.
func withoutNotes(words []word, s string) []word {
	notes := notesOf(s)
	if len(notes) == 0 {
		return words
	}
	out := make([]word, 0, len(words))
	for _, w := range words {
		for len(notes) > 0 && notes[0].end <= w.start {
			notes = notes[1:]
		}
		if len(notes) == 0 || w.start < notes[0].start {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return words
	}
	return out
}

// note is the bytes of a note with its brackets.
type note struct{ start, end int }

// notesOf are the notes of a string in order.
func notesOf(s string) (notes []note) {
	at := 0
	for {
		open := strings.IndexByte(s[at:], '(')
		if open < 0 {
			return notes
		}
		open += at
		length := strings.IndexByte(s[open:], ')')
		if length < 0 {
			return notes
		}
		at = open + length + 1
		if isNote(s[open+1 : at-1]) {
			notes = append(notes, note{open, at})
		}
	}
}

func isNote(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	if slices.Contains(languages, s) || slices.Contains(listNotes, s) {
		return true
	}
	return slices.ContainsFunc(bornStarts, func(start string) bool {
		rest, ok := strings.CutPrefix(s, start)
		return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
	})
}
