package name_test

import (
	"slices"
	"testing"

	"interdict/internal/name"
)

// The words that join others in Russian, Ukrainian and Belarusian are particles of an
// organisation's name, and a letter an initial too; in a person's it is one only.
func TestCyrillicLinks(t *testing.T) {
	for _, c := range []struct {
		given string
		kind  name.Kind
		then  string
	}{
		{"Наука и жизнь", name.AsOrganisation, "and|i:p"},
		{"Наука та життя", name.AsOrganisation, "and|ta:p"},
		{"Наука по жизни", name.AsOrganisation, "for|po:p"},
		{"ИП В. Иванов", name.AsOrganisation, "in|v|w:p"},
		{"Анна И Иванова", name.AsPerson, "i:i"},
	} {
		p := name.Analyse(c.given, c.kind).Positions
		if got := show(name.Reading{Positions: p[1:2]}); got != c.then {
			t.Errorf("%s: %s, not %s", c.given, got, c.then)
		}
	}
}

// A number with the ending of an ordinal behind a hyphen is that number, and its
// bytes are those of the digits.
func TestOrdinalEndings(t *testing.T) {
	for _, c := range []struct{ given, then string }{
		{"20-я армия", "20"},
		{"185-й Центр", "185"},
		{"3-го полка", "3"},
		{"20-я", "20"},
	} {
		for _, kind := range []name.Kind{name.AsPerson, name.AsOrganisation} {
			p := name.Analyse(c.given, kind).Positions
			if p[0].Class() != name.Number || p[0].Alts[0].Surface != c.then || c.given[p[0].Start:p[0].End] != c.then {
				t.Errorf("%s begins with %+v", c.given, p[0])
			}
			if len(p) == 2 && p[1].Class() == name.Initial {
				t.Errorf("%s has an initial", c.given)
			}
		}
	}
	if p := name.Analyse("20-яблок", name.AsOrganisation).Positions; len(p) != 2 {
		t.Errorf("20-яблок: %+v", p)
	}
}

// A firm's word in Cyrillic letters that ends with an English one is read with it too.
func TestEnglishEnds(t *testing.T) {
	for _, c := range []struct {
		given   string
		kind    name.Kind
		reading string
		then    bool
	}{
		{"ИнвестНефтеТрейд", name.AsOrganisation, "investneftetrade", true},
		{"ЮТэйр", name.AsOrganisation, "yutair", true},
		{"ЯТрейд", name.AsOrganisation, "yatrade", false}, // one letter before it
		{"Нефтетрейд", name.AsPerson, "neftetrade", false},
	} {
		alts := name.Analyse(c.given, c.kind).Positions[0].Alts
		if got := slices.ContainsFunc(alts, func(a name.Token) bool { return a.Surface == c.reading }); got != c.then {
			t.Errorf("%s is read %s: %v, want %v", c.given, c.reading, got, c.then)
		}
	}
}
