package name_test

import (
	"testing"

	"interdict/internal/name"
)

func TestAnOrganisationIsReadByItsAcronymToo(t *testing.T) {
	for _, c := range []struct{ given, acronym string }{
		{"Islamic Revolutionary Guard Corps", "irgc"},
		{"Публичное Акционерное Общество «Челябинский Кузнечно-Прессовый Завод»", "chkpz"},
		{"ОАО Балашихинский литейно-механический завод", "blmz"},
		{"Центральное конструкторское бюро автоматики имени Петрова", "tskba"},
		{"Society for the Promotion of Local Trade Ltd", "splt"},
		{"Ulyanovsk Mechanical Plant", ""},                       // three letters
		{"22nd Rifle Training Centre Company", ""},               // a number
		{"Mohammed Ahmed Hassan Ali", ""},                        // no organisation by its words
		{"Завод Radio Electronic Systems", ""},                   // two scripts
		{"Trading and Shipping and Transport Company Group", ""}, // no name
	} {
		got := ""
		for _, r := range name.Readings(c.given, name.AsOrganisation) {
			for _, p := range r.Positions {
				if p.Tags&name.Derived != 0 {
					got = p.Alts[0].Surface
					if p.Start < 0 || p.End > len(c.given) || p.Start >= p.End {
						t.Errorf("%s: the acronym stands at %d to %d", c.given, p.Start, p.End)
					}
				}
			}
		}
		if got != c.acronym {
			t.Errorf("%s is read as %q, want %q", c.given, got, c.acronym)
		}
		for _, r := range name.Readings(c.given, name.AsPerson) {
			for _, p := range r.Positions {
				if p.Tags&name.Derived != 0 {
					t.Errorf("%s has an acronym as a person", c.given)
				}
			}
		}
	}
}
