package screen_test

import (
	"slices"
	"testing"

	"interdict/internal/screen"
)

const (
	mixedFlag     = "letters of several scripts in one word (possible evasion)"
	invisibleFlag = "invisible characters (possible evasion)"
	digitsFlag    = "digits for letters in a word (scan, or possible evasion)"
)

// What is done to a listed name so that a machine does not know it, and what a
// scan does to it: it is found, and what can only be seen so is told.
func TestDisguisedNames(t *testing.T) {
	e := engine(
		t, person("Ayman al-Zawahiri"), person("Dawood Ibrahim Kaskar"), person("Sirajuddin Haqqani"),
		person("Омаров Доку Хаматович"), person("Tactical Missiles Corporation", organisation), person("Mahan Air", organisation),
	)
	for _, c := range []struct {
		done, query, listed string
		flags               []string
		least               screen.Ratio
	}{
		{"Cyrillic letters in a Latin word", "Аymаn al-Zаwahіri", "Ayman al-Zawahiri", []string{mixedFlag}, 10000},
		{"a Greek letter in a Latin word", "Dawοod Ibrahim Kaskar", "Dawood Ibrahim Kaskar", []string{mixedFlag}, 10000},
		{"Latin letters in a Cyrillic word", "Oмaров Доку Хаматович", "Омаров Доку Хаматович", []string{mixedFlag}, 10000},
		{"a zero-width space", "Ayman al-Za\u200bwahiri", "Ayman al-Zawahiri", []string{invisibleFlag}, 10000},
		{"a joiner where Latin has none", "Sira\u200djuddin Haqqani", "Sirajuddin Haqqani", []string{invisibleFlag}, 10000},
		{"a soft hyphen", "Sirajud\u00addin Haqqani", "Sirajuddin Haqqani", []string{invisibleFlag}, 10000},
		{"signs of direction", "\u202eAyman\u202c al-Zawahiri", "Ayman al-Zawahiri", []string{invisibleFlag}, 10000},
		{"wide letters, of East Asian forms", "Ｄａｗｏｏｄ　Ｉｂｒａｈｉｍ Kaskar", "Dawood Ibrahim Kaskar", nil, 10000},
		{"mathematical letters", "𝐃𝐚𝐰𝐨𝐨𝐝 𝐈𝐛𝐫𝐚𝐡𝐢𝐦 Kaskar", "Dawood Ibrahim Kaskar", nil, 10000},
		{"0 for o", "Daw00d Ibrahim Kaskar", "Dawood Ibrahim Kaskar", nil, 8000}, // two digits may count something
		{"0 for o, in one place", "Dawo0d Ibrahim Kaskar", "Dawood Ibrahim Kaskar", []string{digitsFlag}, 10000},
		{"1 for i", "Ayman al-Zawah1ri", "Ayman al-Zawahiri", []string{digitsFlag}, 10000},
		{"1 for l", "Tactica1 Missi1es Corporation", "Tactical Missiles Corporation", []string{digitsFlag}, 8000},
		{"0 in capitals", "TACTICAL MISSILES C0RP0RATI0N", "Tactical Missiles Corporation", []string{digitsFlag}, 10000},
		{"rn for m", "Dawood Ibrahirn Kaskar", "Dawood Ibrahim Kaskar", nil, 8000},
		{"l for capital I", "Dawood lbrahim Kaskar", "Dawood Ibrahim Kaskar", nil, 8000},
		{"two at once", "Sіra\u200bjuddin Haqqani", "Sirajuddin Haqqani", []string{mixedFlag, invisibleFlag}, 10000},
		{"nothing", "Sirajuddin Haqqani", "Sirajuddin Haqqani", nil, 10000},
	} {
		t.Run(c.done, func(t *testing.T) {
			a := ask(t, e, screen.Query{Name: c.query}, screen.Options{Threshold: 600})
			if len(a.Hits) == 0 || a.Hits[0].Name != c.listed {
				t.Fatalf("%q does not find %s", c.query, c.listed)
			}
			h := a.Hits[0]
			if !slices.Equal(h.Explanation.Flags, c.flags) || h.Score < c.least {
				t.Errorf("%q: %s, flags %q; want %s at least, %q", c.query, h.Score, h.Explanation.Flags, c.least, c.flags)
			}
		})
	}
}

// Scripts of names that the five lists have few of: people and spellings are real.
func TestNamesOfAsiaInTheirScripts(t *testing.T) {
	for _, c := range []struct{ script, own, latin string }{
		{"Burmese", "မင်းအောင်လှိုင်", "Min Aung Hlaing"},
		{"Burmese", "အောင်ဆန်းစုကြည်", "Aung San Suu Kyi"},
		{"Burmese", "စိုးဝင်း", "Soe Win"},
		{"Burmese", "သန်းရွှေ", "Than Shwe"},
		{"Burmese", "ဝင်း မြင့်", "Win Myint"},
		{"Burmese", "မြထွန်းဦး", "Mya Tun Oo"},
		{"Burmese", "သူရရွှေမန်း", "Thura Shwe Mann"},
		{"Thai", "ทักษิณ ชินวัตร", "Thaksin Shinawatra"},
		{"Thai", "สมชาย วงศ์สวัสดิ์", "Somchai Wongsawat"},
		{"Thai", "ชวน หลีกภัย", "Chuan Leekpai"},
		{"Thai", "อนุทิน ชาญวีรกูล", "Anutin Charnvirakul"},
		{"Devanagari", "दाऊद इब्राहिम", "Dawood Ibrahim"},
		{"Devanagari", "मसूद अज़हर", "Masood Azhar"},
		{"Devanagari", "हाफ़िज़ सईद", "Hafiz Saeed"},
		{"Devanagari", "ओसामा बिन लादेन", "Osama bin Laden"},
		{"Devanagari", "पुष्प कमल दाहाल", "Pushpa Kamal Dahal"},
	} {
		t.Run(c.script+" "+c.latin, func(t *testing.T) {
			stranger := person("Quentin Vandersloot")
			for listed, query := range map[string]string{c.latin: c.own, c.own: c.latin} {
				a := ask(t, engine(t, person(listed), stranger), screen.Query{Name: query}, screen.Options{})
				if len(a.Hits) != 1 || a.Hits[0].Name != listed {
					t.Errorf("%s does not find %s: %+v", query, listed, a.Hits)
				}
			}
		})
	}
}
