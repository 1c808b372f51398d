package name_test

import (
	"strings"
	"testing"

	"interdict/internal/name"
)

// What lists note in brackets beside a name is no part of it; other words in brackets
// are, and a note alone is a name.
func TestNotesOfLists(t *testing.T) {
	for given, want := range map[string]string{
		"Nik Mohammad (previously listed as)":           "nik mohammad",
		"ኤርሚኣስ (Tigrinya)":                              "ermias",
		"Larzg Ben Ila (born 11.8.1960 in Libya)":       "larzg bin ila",
		"Mohamed (Born on 14.1.1968 in Morocco) Benali": "mohamed benali",
		"El Para (combat name) (a.k.a. Abou Haidara)":   "al para a k a abu haidara",
		"Nik (previously listed as Dost) (Arabic) Jan":  "nik previously listed al dost jan",
		"Katerina (born PUTINA)":                        "katerina born putina",
		"(Formerly listed as)":                          "formerly listed al",
		"Nik (previously listed as":                     "nik previously listed al",
	} {
		var got []string
		for _, p := range name.Analyse(given, name.AsPerson).Positions {
			got = append(got, p.Alts[0].Surface)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s reads %q, not %q", given, s, want)
		}
	}
}
