package script

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// affix is a part written together with a name; always says that it is split
// off even when the rest is no known name.
type affix struct {
	suffix, always bool
	text           string
	alts           []alt
}

// abjad is what the readers of Arabic and Hebrew share: rules for letters, the
// customary spellings of known names, and affixes.
type abjad struct {
	rules   rules
	names   map[string][]alt
	affixes []affix
	key     func(rune) rune
	// signs are read beside the letters.
	signs string
	// byRule and byName name the tables for letters and for known names.
	byRule, byName string
}

var arabic = sync.OnceValue(func() abjad {
	return loadAbjad(tableText("arabic-rules"), tableText("arabic-names"), tableText("arabic-affixes"), arabicKey, "", "ara-press", "ara-name")
})

func loadAbjad(ruleText, nameText, affixText string, key func(rune) rune, signs, byRule, byName string) abjad {
	a := abjad{rules: parseRules(ruleText), names: map[string][]alt{}, key: key, signs: signs, byRule: byRule, byName: byName}
	for row := range rows(nameText) {
		k := strings.Map(key, row[0])
		for _, w := range parseAlts(row[1]) {
			a.names[k] = append(a.names[k], alt{w.text, 3 * len(a.names[k])})
		}
		a.names[k] = distinct(a.names[k], len(a.names[k]))
	}
	for row := range rows(affixText) {
		a.affixes = append(a.affixes, affix{row[0] == "suffix", row[3] == "always", strings.Map(key, row[1]), parseAlts(row[2])})
	}
	return a
}

// arabicKey gives the letter under which names are known: no hamza, one form of
// alif, yeh, kaf, heh; other characters vanish.
func arabicKey(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی', 'ئ', 'ې', 'ۍ', 'ے':
		return 'ي'
	case 'ک', 'ڪ', 'ګ':
		return 'ك'
	case 'ة', 'ہ', 'ھ', 'ە', 'ۃ', 'ۀ', 'ۂ':
		return 'ه'
	case 'ؤ':
		return 'و'
	case 'ء':
		return -1
	}
	if !unicode.IsLetter(r) {
		return -1
	}
	return r
}

// Key writes the letters of Arabic script that names interchange as one (no
// hamza, one form of alif, yeh, kaf and heh); all other characters stay.
func Key(text string) string {
	if !strings.ContainsFunc(text, isArabic) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isArabic(r) {
			return arabicKey(r)
		}
		return r
	}, text)
}

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) }

// readArabic reads known names by their customary spellings, then every token
// by its letters, which leaves the short vowels open (Abjad). Kurdish and
// Uighur write their vowels and do not carry the flag.
func readArabic(text string, max int) []Romanised {
	flags := Abjad
	if strings.ContainsAny(text, "ەێۆۇۈ") {
		flags = 0
	}
	return arabic().read(text, max, flags)
}

func (a abjad) read(text string, max int, flags Flags) []Romanised {
	spelt := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || strings.ContainsRune(a.signs, r) {
			return r
		}
		return -1
	}, text)
	known, split := a.known(strings.Map(a.key, text))
	out := named(best([][]alt{known}, max), a.byName, 0)
	if known == nil {
		out = nil
	}
	letters := bestJoined(a.rules.parts(spelt), max, apart)
	if split != nil {
		letters = append(split, letters...)
	}
	guess := alt{text: vowelled(letters[0].text)}
	if len(letters) > 1 {
		letters = append(letters[:2:2], append([]alt{guess}, letters[2:]...)...)
	} else {
		letters = append(letters, guess)
	}
	byLetter := named(letters, a.byRule, flags)
	if len(out) == 0 {
		return byLetter
	}
	// One reading by letters always stays: its consonants are certain.
	lead := min(len(out), 2+max/2)
	if lead >= max {
		lead = 1
	}
	return slices.Concat(out[:lead], byLetter[:1], out[lead:], byLetter[1:2])
}

// known returns the spellings of a known name, alone or with affixes; split is
// the reading by letters with an affix that is always split off.
func (a abjad) known(key string) (known, split []alt) {
	if alts := a.names[key]; alts != nil {
		return alts, nil
	}
	for _, x := range a.affixes {
		rest, ok := strings.CutPrefix(key, x.text)
		if x.suffix {
			rest, ok = strings.CutSuffix(key, x.text)
		}
		if !ok || utf8.RuneCountInString(rest) < 2 {
			continue
		}
		core := a.names[rest]
		found := core != nil
		if !found && !x.always || !found && utf8.RuneCountInString(rest) < 3 {
			continue
		}
		if !found {
			core = bestJoined(a.rules.parts(rest), 3, apart)
		}
		parts := [][]alt{x.alts, core}
		if x.suffix {
			parts = [][]alt{core, x.alts}
		}
		all := best(parts, 2*len(x.alts))
		if found {
			return all, nil
		}
		return nil, all
	}
	return nil, nil
}

// vowelled guesses short vowels: an a after the first consonant of a token that
// begins with two, and inside every cluster of three.
func vowelled(text string) string {
	var b strings.Builder
	cluster := 1
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case strings.IndexByte("aeiou", c) >= 0:
			cluster = 0
		case c == 'h' && i > 0 && strings.IndexByte("skgtdcz", text[i-1]) >= 0: // second half of sh, kh
		default:
			if cluster++; cluster > 2 {
				if i > 0 {
					b.WriteByte('a')
				}
				cluster = 1
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// ArabicNames cuts a word in Arabic script where two known names are written as
// one, such as Muhammad Ali, or behind the "bin" that is written with a known
// name; any other word is returned whole. A word that is known itself is not
// cut, and both names have three letters.
func ArabicNames(word string) []string {
	a := arabic()
	if a.names[strings.Map(a.key, word)] != nil {
		return []string{word}
	}
	for at := range word {
		left, right := word[:at], word[at:]
		if (left == "بن" || a.isName(left)) && a.isName(right) {
			return []string{left, right}
		}
	}
	return []string{word}
}

func (a abjad) isName(word string) bool {
	return utf8.RuneCountInString(word) >= 3 && a.names[strings.Map(a.key, word)] != nil
}
