package script_test

import (
	"testing"

	"interdict/internal/script"
)

func TestClean(t *testing.T) {
	for _, c := range []struct {
		rule, in, want string
		flags          script.Flags
	}{
		{"plain", "abu bakr 7", "abu bakr 7", 0},
		{"case", "ABU Bakr", "abu bakr", 0},
		{"Turkish i with dot", "İSTANBUL", "istanbul", 0},
		{"Turkish i without dot", "Diyarbakır", "diyarbakir", 0},
		{"i and combining dot", "i\u0307stanbul", "istanbul", 0},
		{"full width", "Ｖｌａｄ　１２", "vlad 12", 0},
		{"ligature", "ﬁdel", "fidel", 0},
		{"diacritics stay", "Müller Štěpán", "müller štěpán", 0},
		{"decomposed marks compose", "Mu\u0308ller", "müller", 0},
		{"quotes", "O’Brien ʿAbd “x” `y´ «z»", "o'brien 'abd 'x' 'y' 'z'", 0},
		{"dashes", "al–Zawahiri — x − y‐z", "al-zawahiri - x - y-z", 0},
		{"zero-width space", "bin\u200bladen", "binladen", script.Invisible},
		{"soft hyphen", "bin\u00adladen", "binladen", script.Invisible},
		{"bidi controls", "\u202ebin\u202c laden\u200f", "bin laden", script.Invisible},
		{"tag characters", "bin\U000e0062laden", "binladen", script.Invisible},
		{"Hangul filler", "bin\u3164laden", "binladen", script.Invisible},
		{"variation selector in Latin", "bin\ufe0fladen", "binladen", script.Invisible},
		{"variation selector on Han", "葛\U000e0100城", "葛城", 0},
		{"Persian joiner is orthography", "علی\u200cرضا", "علیرضا", 0},
		{"Indic joiner is orthography", "क्\u200dष", "क्ष", 0},
		{"tatweel and harakat", "مُحَمَّــد", "محمد", 0},
		{"presentation forms", "ﻣﺤﻤﺪ", "محمد", 0},
		{"ligature of the name", "ﷴ", "محمد", 0},
		{"niqqud", "יִצְחָק", "יצחק", 0},
		{"Hebrew geresh", "צ׳ארלס", "צ'ארלס", 0},
		{"Arabic digits", "٢٤ ۲۴ २४", "24 24 24", 0},
		{"final sigma", "ΧΡΉΣΤΟΣ", "χρήστοσ", 0},
		{"Georgian capitals", "ᲡᲐᲐᲙᲐᲨᲕᲘᲚᲘ", "სააკაშვილი", 0},
		{"half-width kana", "ﾀﾅｶ", "タナカ", 0},
		{"not UTF-8", "a\xffb", "a\ufffdb", 0},
		{"control characters", "a\tb\nc", "a b c", 0},
		{"empty", "", "", 0},
	} {
		got, flags := script.Clean(c.in)
		if got != c.want || flags != c.flags {
			t.Errorf("%s: Clean(%q) = %q, %d; want %q, %d", c.rule, c.in, got, flags, c.want, c.flags)
		}
	}
}

func TestOf(t *testing.T) {
	for in, want := range map[string]string{
		"": "Zyyy", "123 -'": "Zyyy", "abc": "Latn", "müller": "Latn", "иван": "Cyrl", "محمد": "Arab", "משה": "Hebr",
		"αθήνα": "Grek", "երևան": "Armn", "თბილისი": "Geor", "김정은": "Hang", "毛泽东": "Hani", "たなか": "Hira", "タナカ": "Kana",
		"ไทย": "Thai", "मोदी": "Deva", "မြန်မာ": "Mymr", "ኃይለ": "Ethi", "হাসিনা": "Beng", "தமிழ்": "Taml", "aб": "Latn", "абc": "Cyrl",
		"ᚠᚢᚦ": "Zzzz",
	} {
		if got := script.Of(in); got != want {
			t.Errorf("Of(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestHomoglyphs(t *testing.T) {
	for _, c := range []struct {
		rule, in, want string
		flags          script.Flags
	}{
		{"one script", "bin", "bin", 0},
		{"Cyrillic in Latin", "lаdеn", "laden", script.Mixed},
		{"Latin in Cyrillic", "усaма", "усама", script.Mixed},
		{"Greek in Latin", "οsama", "osama", script.Mixed},
		{"tie is Latin", "оm", "om", script.Mixed},
		{"no look-alike", "жosama", "жosama", script.Mixed},
		{"Latin i in Ukrainian", "кiровоград", "кіровоград", script.Mixed},
		{"kanji and kana are written together", "山田エミ", "山田エミ", 0},
		{"digits are no script", "иван4", "иван4", 0},
	} {
		got, flags := script.Homoglyphs(c.in)
		if got != c.want || flags != c.flags {
			t.Errorf("%s: Homoglyphs(%q) = %q, %d; want %q, %d", c.rule, c.in, got, flags, c.want, c.flags)
		}
	}
}
