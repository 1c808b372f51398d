package name_test

import (
	"testing"

	"interdict/internal/name"
)

// The English 's is no part of a name; an apostrophe within a name stays silent.
func TestOwners(t *testing.T) {
	for _, c := range []struct{ text, same string }{
		{"Al-Qaida's", "Al-Qaida"},
		{"ISIL’s", "ISIL"},
		{"O'Neil", "ONeil"},
		{"Isma'il", "Ismail"},
	} {
		got, want := show(name.Analyse(c.text, name.AsPerson)), show(name.Analyse(c.same, name.AsPerson))
		if got != want {
			t.Errorf("%q reads %s, %q reads %s", c.text, got, c.same, want)
		}
	}
}

func TestSyllableTag(t *testing.T) {
	for text, want := range map[string]int{"김정은": 1, "정은 김": 3, "习近平": 1, "习 近": 2, "Kim Jong Un": 0, "Си Цзиньпин": 0} {
		got := 0
		for _, p := range name.Analyse(text, name.AsPerson).Positions {
			if p.Tags&name.Syllable != 0 {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d syllables, want %d", text, got, want)
		}
	}
}
