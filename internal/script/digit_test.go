package script_test

import (
	"slices"
	"testing"

	"interdict/internal/script"
)

func TestDigitsForLetters(t *testing.T) {
	for word, want := range map[string][]string{
		"m0hammed": {"mohammed"},
		"0sama":    {"osama"},
		"bi1a1":    nil, // the last one may count
		"ha1id":    {"halid", "haiid"},
		"1brahim":  {"lbrahim", "ibrahim"},
		"1st":      nil,
		"1eme":     nil,
		"10th":     nil,
		"b1b":      nil,
		"k0rea2":   nil,
		"hall0":    nil,
		"osama":    nil,
		"101":      nil,
		"":         nil,
	} {
		if got := script.Lettered(word); !slices.Equal(got, want) {
			t.Errorf("%q is read %q, want %q", word, got, want)
		}
	}
}
