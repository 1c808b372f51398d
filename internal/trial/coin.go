package trial

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"interdict/internal/mutate"
)

// syllables of made words, in each script. Words of four of them are nobody's.
var syllables = map[string][]string{
	"Latn": strings.Fields("bra dro fle gli kru plo sni tru vek zul mor pif tak rud gol wen hib kos nal dur"),
	"Cyrl": strings.Fields("бра дро фле гли кру пло сни тру век зул мор пиф так руд гол вен хиб кос нал дур"),
	"Arab": strings.Fields("بر دف طق كس مز نخ ثج شغ خل قد جب سم حك عت فن غض زر تش"),
}

// coined makes words no two of which have the same two syllables side by side,
// as long as there are such.
type coined struct {
	c    *mutate.Chance
	used map[string]bool
}

func newCoined(seed uint64) *coined { return &coined{mutate.NewChance(seed), map[string]bool{}} }

// enough is how many words are drawn before one that resembles another is taken.
const enough = 1000

// word makes a word of four syllables that was not made before.
func (m *coined) word(script string) string {
	all := slices.Clone(syllables[script])
	for tried := 0; ; tried++ {
		mutate.Shuffle(m.c, all)
		word := strings.Join(all[:4], "")
		pairs := []string{all[0] + all[1], all[1] + all[2], all[2] + all[3]}
		known := slices.ContainsFunc(pairs, func(p string) bool { return m.used[p] })
		if m.used[word] || known && tried < enough {
			continue
		}
		for _, w := range append(pairs, word) {
			m.used[w] = true
		}
		first, size := utf8.DecodeRuneInString(word)
		return string(unicode.ToUpper(first)) + word[size:]
	}
}
