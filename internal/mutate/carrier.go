package mutate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nouns are family names that a machine translates as the thing they mean.
var nouns = families(`
volkov wolves
medvedev bears
kozlov goats
orlov eagles
sokolov falcons
zaitsev hares
baranov rams
golubev pigeons
belov white
morozov frosts
smith blacksmith
king monarch
bush shrub
young youthful
wood timber
волков волки
орлов орлы
`)

func carrierMutations() []Mutation {
	return []Mutation{
		{ID: "carrier.cut-35", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return cutAt(c, s, 35) }},
		{ID: "carrier.cut-140", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return cutAt(c, s, 140) }},
		{ID: "carrier.lines", Band: Strong, apply: splitLines},
		{ID: "carrier.free-text", Band: Strong, apply: freeText},
		{ID: "carrier.address-glued", Band: Strong, apply: func(c *Chance, s string) (string, bool) {
			return s + Pick(c, []string{" ", ", ", "/", "  "}) + address(c), true
		}},
		{ID: "carrier.account-glued", Band: Strong, apply: accountGlued},
		{ID: "carrier.declined", Band: Strong, apply: decline},
		{ID: "carrier.translated", Band: Weak, apply: translated},
	}
}

func address(c *Chance) string {
	return fmt.Sprintf("%d %s, %s", 1+c.N(220), Pick(c, []string{"Main Street", "Airport Road", "P.O. Box 77", "Lenin Avenue", "Rue de la Gare"}),
		Pick(c, []string{"Damascus", "Dubai", "Kabul", "Moscow", "Lagos", "Karachi"}))
}

// cutAt puts the name at the end of a field of n characters, behind a carrier
// text of such a length that at most a third of its last word is lost.
func cutAt(c *Chance, s string, n int) (string, bool) {
	name := []rune(s)
	words := strings.Fields(s)
	if len(words) < 2 {
		return "", false
	}
	lost := c.N(letters(words[len(words)-1])/3 + 1)
	if len(name)-lost > n || lost == 0 && len(name) < n/4 {
		return "", false
	}
	before := "/ORDP/ " + strings.ToUpper(address(c)) + " "
	if pad := n - (len(name) - lost) - utf8.RuneCountInString(before); pad > 0 {
		before = strings.Repeat("X", pad-1) + " " + before
	}
	start := utf8.RuneCountInString(before) + len(name) - lost - n
	full := []rune(before)[start:]
	return strings.TrimLeft(string(full), " ") + string(name[:len(name)-lost]), true
}

// splitLines breaks the name over two lines of a message, as often inside a
// word as not.
func splitLines(c *Chance, s string) (string, bool) {
	r := []rune(s)
	if len(r) < 6 {
		return "", false
	}
	at := 2 + c.N(len(r)-4)
	return string(r[:at]) + Pick(c, []string{"\n", "\r\n", "\n/", " "}) + string(r[at:]), true
}

func freeText(c *Chance, s string) (string, bool) {
	return fmt.Sprintf(Pick(c, []string{
		"payment for invoice %d to %s, thank you",
		"INV %d / B/O %s / CONSULTING",
		"ref %d on behalf of %s family support",
		"№ %d для %s за услуги",
		"Überweisung %d zugunsten %s wegen Miete",
	}), 100+c.N(9900), s), true
}

func accountGlued(c *Chance, s string) (string, bool) {
	account := fmt.Sprintf("%s%02d%08d%010d", Pick(c, []string{"AE", "DE", "TR", "GB"}), 10+c.N(89), c.N(1e8), c.N(1e10))
	return Pick(c, []string{"/" + account + " " + s, s + " " + account, account + "/" + s, s + "/ACC/" + account}), true
}

// cases are endings of Russian men's and women's names by case: nominative,
// then genitive, dative, instrumental, prepositional. The longest fits first.
var cases = [][5]string{
	{"ский", "ского", "скому", "ским", "ском"},
	{"ская", "ской", "ской", "ской", "ской"},
	{"ова", "овой", "овой", "овой", "овой"},
	{"ева", "евой", "евой", "евой", "евой"},
	{"ина", "иной", "иной", "иной", "иной"},
	{"ов", "ова", "ову", "овым", "ове"},
	{"ев", "ева", "еву", "евым", "еве"},
	{"ин", "ина", "ину", "иным", "ине"},
	{"ий", "ия", "ию", "ием", "ии"},
	{"ия", "ии", "ии", "ией", "ии"},
	{"й", "я", "ю", "ем", "е"},
	{"ь", "я", "ю", "ем", "е"},
	{"а", "ы", "е", "ой", "е"},
	{"я", "и", "е", "ей", "е"},
}

// decline puts every Russian word of a name into one case.
func decline(c *Chance, s string) (string, bool) {
	if !in(s, unicode.Cyrillic) {
		return "", false
	}
	n := 1 + c.N(4)
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = inflect(w, n)
	}
	return strings.Join(words, " "), true
}

func inflect(word string, n int) string {
	for _, k := range cases {
		if stem, ok := strings.CutSuffix(word, k[0]); ok && letters(stem) > 1 {
			return stem + k[n]
		}
	}
	last, _ := utf8.DecodeLastRuneInString(word)
	if letters(word) > 2 && strings.ContainsRune("бвгджзклмнпрстфхцчшщ", last) {
		return word + [5]string{"", "а", "у", "ом", "е"}[n]
	}
	return word
}

// translated turns a family name into the English or Russian noun that it means.
func translated(c *Chance, s string) (string, bool) {
	find := func(w string) (swap, bool) {
		for _, n := range nouns {
			if n.from == bare(w) {
				return n, true
			}
		}
		return swap{}, false
	}
	return onWord(c, s, func(w string) bool { _, ok := find(w); return ok }, func(w string) string {
		n, _ := find(w)
		return likeCase(w, Pick(c, n.to))
	})
}
