package script_test

import (
	"slices"
	"testing"

	"interdict/internal/script"
)

func TestBurmeseSyllables(t *testing.T) {
	for word, want := range map[string][]string{
		"မင်းအောင်လှိုင်": {"မင်း", "အောင်", "လှိုင်"},
		"ဝင်းမြင့်":       {"ဝင်း", "မြင့်"}, // the final has a tone before its killer
		"မြထွန်းဦး":       {"မြ", "ထွန်း", "ဦး"},
		"သန္တာ":           {"သန္တာ"}, // a consonant below another
		"မန္တလေး":         {"မန္တ", "လေး"},
		"က":               {"က"},
		"":                {""},
	} {
		if got := script.BurmeseSyllables(word); !slices.Equal(got, want) {
			t.Errorf("%s has the syllables %q, want %q", word, got, want)
		}
	}
}
