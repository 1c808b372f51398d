package name_test

import (
	"strings"
	"testing"

	"interdict/internal/name"
)

// What Arabic script writes together is taken apart, and what Persian writes
// apart is put together, as Latin spellings do.
func TestArabicWords(t *testing.T) {
	for _, c := range []struct {
		text string
		kind name.Kind
		want string // the first readings
	}{
		{"محمدعلي رضا", name.AsPerson, "muhammad ali rida"},
		{"بنحسين", name.AsPerson, "bin husayn"},
		{"الحسين", name.AsPerson, "al husayn"},
		{"علي پور", name.AsPerson, "alipour"},
		{"Ali Pour", name.AsPerson, "alipour"},
		{"Amanollahi", name.AsPerson, "amanallahi"},
		{"Aman Ollahi", name.AsPerson, "amanallahi"},
		{"جيش المهاجرين و الأنصار", name.AsOrganisation, "jaysh al muhajirin and al ansar"},
		{"للتجارة", name.AsOrganisation, "for al tjara"},
		{"بالقاسم", name.AsPerson, "belqasim"},
		{"أهل الحق", name.AsOrganisation, "ahlhaq"},
		{"Ahl al-Haq", name.AsOrganisation, "ahlhaq"},
		{"Abu Bakr", name.AsPerson, "abubakr"},
		{"Aboubakar", name.AsPerson, "abubakr"},
		{"Ebu Bekir", name.AsPerson, "abubakr"},
		{"Ebubekir", name.AsPerson, "abubakr"},
		{"Umm Bakr", name.AsPerson, "umm bakr"},
		{"أبو بكر", name.AsPerson, "abubakr"},
		{"Ansar Dine", name.AsOrganisation, "ansardin"},
		{"أنصار الدين", name.AsOrganisation, "ansardin"},
		{"Gunga Din", name.AsPerson, "gunga din"},
	} {
		var got []string
		for _, p := range name.Analyse(c.text, c.kind).Positions {
			got = append(got, p.Alts[0].Surface)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s reads %q, want %q", c.text, s, c.want)
		}
	}
}

// Other readings of a Latin word, by ways of writing Arabic.
func TestHabitsOfLatinSpelling(t *testing.T) {
	for text, want := range map[string]string{
		"Bouchoucha": "boushousha", "Alouche": "aloushe", "Ishakzai": "isahakzai", "Azhar": "azahar",
		"Charles": "", "Chan": "", "Isham": "",
	} {
		got := ""
		if alts := name.Analyse(text, name.AsPerson).Positions[0].Alts; len(alts) > 1 {
			got = alts[1].Surface
		}
		if got != want {
			t.Errorf("%s is also read %q, want %q", text, got, want)
		}
	}
}
