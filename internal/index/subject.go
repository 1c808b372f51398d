package index

import (
	"strings"
	"unicode"

	"interdict/internal/name"
)

// Subject is what the index knows of a listed subject.
type Subject struct {
	ID      string      // our own id
	Kinds   []name.Kind // how its names are read: one kind, or both where the list does not say
	Names   []string    // every name, in the order that hits refer to
	Keys    []string    // identifiers as made by Key
	Payload []byte      // given back unread
}

// Key is an identifier as the exact index compares it: letters and digits
// only, upper case, without separators. Shorter than five signs it identifies
// nobody and is "".
func Key(number string) string {
	if !strings.ContainsFunc(number, unicode.IsDigit) {
		return "" // most words of a text
	}
	key := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, number)
	if len(key) < 5 {
		return ""
	}
	return key
}
