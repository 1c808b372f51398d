package name

import (
	"slices"
	"strings"
)

// noteStarts are what begins a note that lists print in brackets beside a name,
// and that is no part of it.
var noteStarts = []string{"previously listed as", "formerly listed as", "combat name", "nom de guerre"}

// languages are notes that say in which language the name is.
var languages = []string{"amharic", "arabic", "chinese", "dari", "farsi", "hebrew", "korean", "pashto", "persian", "russian", "tigrinya", "ukrainian", "urdu"}

// bornStarts begin the note of a birth, if a digit stands behind them.
var bornStarts = []string{"born on ", "born in ", "born "}

// withoutNotes leaves out the words of such notes, if any word is left then. Texts
// are read whole.
func withoutNotes(words []word, s string) []word {
	out := words
	for open := strings.IndexByte(s, '('); open >= 0; {
		length := strings.IndexByte(s[open:], ')')
		if length < 0 {
			break
		}
		end := open + length
		if isNote(s[open+1 : end]) {
			out = slices.DeleteFunc(slices.Clone(out), func(w word) bool { return w.start > open && w.end <= end })
		}
		next := strings.IndexByte(s[end:], '(')
		if next < 0 {
			break
		}
		open = end + next
	}
	if len(out) == 0 {
		return words
	}
	return out
}

func isNote(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	if slices.Contains(languages, s) || slices.ContainsFunc(noteStarts, func(start string) bool { return strings.HasPrefix(s, start) }) {
		return true
	}
	return slices.ContainsFunc(bornStarts, func(start string) bool {
		rest, ok := strings.CutPrefix(s, start)
		return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9'
	})
}
