package mutate

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// Crowd draws people and organisations as large registers hold them: cultures
// in shares, words by Zipf's law, few of them everywhere and very many rare ones
// that sound like the rest of their culture. Its people follow from its seed. It
// is for one goroutine.
type Crowd struct {
	seed     uint64
	cultures []crowded
	shares   int
	spelt    []Mutation // ways in which an alias differs from the name
}

// Figure is one of a crowd with all its names, the first of them the name by
// which it goes.
type Figure struct {
	Names        []string
	Culture      string
	Organisation bool
}

// crowded is a culture with what words of it are put together from.
type crowded struct {
	culture
	share           int
	starts, ends    []string // syllables that words begin and end with
	others          []string // syllables between them
	fewFamilies     bool
	known           map[string][]string // by list, common words that follow those of the list
	given, families float64             // number of words that there are
}

// crowdShares are parts of a crowd, about as in the lists of the UN, the US,
// the UK, Canada and the EU; cultures that are not here do not occur.
var crowdShares = map[string]int{
	"arabic": 20, "arabic-original": 4, "persian": 6, "persian-original": 1, "afghan": 5, "pakistani": 6, "indian": 5, "indonesian": 2, "somali": 2,
	"russian": 9, "russian-cyrillic": 4, "russian-women": 2, "ukrainian": 2, "caucasus": 3, "turkish": 3, "greek": 1, "hebrew": 1,
	"english": 6, "german": 2, "french": 2, "spanish": 6, "polish": 1,
	"chinese": 5, "chinese-original": 2, "korean": 2, "korean-original": 1, "japanese": 1, "vietnamese": 1,
	"organisation": 16, "organisation-cyrillic": 3,
}

// fewFamilies are cultures in which a few family names are everybody's.
var fewFamilies = []string{"chinese", "chinese-original", "korean", "korean-original", "vietnamese"}

// closed are lists to which no word is added.
var closed = []string{"title", "initial", "al", "number", "kind", "trade", "form", "divine", "kunya", "patronymic"}

// crowdWays are the mutations that make aliases, each as often as it stands here.
var crowdWays = strings.Fields(`
sound.respelt sound.vowel sound.w-v sound.y-i script.arabic-original script.cyrillic-romanised
form.order form.order form.last-first form.missing form.missing form.missing structure.patronymic-dropped structure.nasab-shortened
structure.second-surname-dropped structure.gender-ending form.initial form.initial form.initials form.diacritics-dropped form.hyphen-blank
form.hyphen-joined form.blank-hyphen form.pair-joined form.legal-dropped form.legal-added form.honorific-added form.extra
typing.replace form.upper form.upper form.order form.missing form.initial form.extra`)

// NewCrowd returns the crowd of a seed. The words, the commonest first, are dealt
// out as names in Latin letters: they are what the weights of words are about.
func NewCrowd(seed uint64, words []string) *Crowd {
	w := &Crowd{seed: seed}
	for _, k := range cultures() {
		share := crowdShares[k.name]
		if share == 0 {
			continue
		}
		c := crowded{culture: k, share: share, given: 2000, families: 12000, fewFamilies: slices.Contains(fewFamilies, k.name)}
		if c.fewFamilies {
			c.given = 1500
		}
		c.learn()
		w.cultures = append(w.cultures, c)
		w.shares += share
	}
	w.deal(words)
	all := All()
	for _, id := range crowdWays {
		w.spelt = append(w.spelt, all[slices.IndexFunc(all, func(m Mutation) bool { return m.ID == id })])
	}
	return w
}

// deal gives the cultures in Latin letters words, of which half are given names.
func (w *Crowd) deal(words []string) {
	var latin []*crowded
	for i := range w.cultures {
		if k := &w.cultures[i]; k.script == "Latn" && !k.organisation {
			latin = append(latin, k)
			k.known = map[string][]string{}
		}
	}
	for i, word := range words {
		list := "family"
		if i/len(latin)%2 == 0 {
			list = "given"
		}
		k := latin[i%len(latin)]
		k.known[list] = append(k.known[list], strings.ToUpper(word[:1])+word[1:])
	}
}

// Figure returns number i of the crowd, of one to nine names.
func (w *Crowd) Figure(i int) Figure {
	c := NewChance(NewChance(w.seed).Next() ^ golden*uint64(i+1))
	at := c.N(w.shares)
	k := &w.cultures[0]
	for i := range w.cultures {
		if k = &w.cultures[i]; at < k.share {
			break
		}
		at -= k.share
	}
	f := Figure{Names: []string{k.draw(c)}, Culture: k.name, Organisation: k.organisation}
	for range c.N(5) + c.N(5) {
		if alias := w.alias(c, k, f.Names[0]); !slices.Contains(f.Names, alias) {
			f.Names = append(f.Names, alias)
		}
	}
	return f
}

// aliasTries is how many ways are tried to change a name.
const aliasTries = 8

// alias is the name in another spelling, or one of seven another name.
func (w *Crowd) alias(c *Chance, k *crowded, of string) string {
	if c.N(7) == 0 {
		return k.draw(c)
	}
	for range aliasTries {
		if text, ok := Pick(c, w.spelt).Apply(c.Next(), of); ok {
			return text
		}
	}
	return of
}

// draw draws a name.
func (k *crowded) draw(c *Chance) string {
	return Compose(Pick(c, k.patterns), func(list string) string { return k.word(c, list) })
}

// word draws a word of a list by its rank, Zipf and Mandelbrot: the first ones
// are those of the list, the others are made.
func (k *crowded) word(c *Chance, list string) string {
	words := k.words[list]
	if slices.Contains(closed, list) || k.fewFamilies && list == "family" {
		return Pick(c, words)
	}
	size, flat := k.families, 6.0
	if list == "given" {
		size, flat = k.given, 2.0
	}
	u := float64(c.Next()>>11) / (1 << 53)
	rank := int(flat*math.Exp(u*math.Log((size+flat)/flat)) - flat)
	if rank < len(words) {
		return words[rank]
	}
	if rank -= len(words); rank < len(k.known[list]) {
		return k.known[list][rank]
	}
	return k.made(list, rank)
}

// made is the word of a rank behind the known ones.
func (k *crowded) made(list string, rank int) string {
	c := ChanceOf(uint64(rank), k.name, list)
	word := Pick(c, k.starts)
	for range c.N(3) {
		word += Pick(c, k.others)
	}
	return word + Pick(c, k.ends)
}

// learn takes the words of a culture apart into syllables.
func (k *crowded) learn() {
	for _, list := range slices.Sorted(maps.Keys(k.words)) {
		if slices.Contains(closed, list) {
			continue
		}
		for _, word := range k.words[list] {
			parts := partsOf(k.script, []rune(word))
			if len(parts) < 2 || strings.ContainsAny(word, " -'’«»") {
				continue
			}
			last := len(parts) - 1
			k.starts, k.ends = append(k.starts, parts[0]), append(k.ends, parts[last])
			k.others = append(k.others, parts[1:last]...)
			k.others = append(k.others, strings.ToLower(parts[0]))
		}
	}
}

// partsOf cuts a word into syllables, roughly.
func partsOf(script string, r []rune) (parts []string) {
	from := 0
	for i := 1; i < len(r); i++ {
		cut := false
		switch script {
		case "Hans", "Hang":
			cut = true
		case "Arab", "Hebr":
			cut = i-from == 2
		default:
			cut = vowel(r[i-1]) && !vowel(r[i]) && len(r)-i > 1
		}
		if cut {
			parts = append(parts, string(r[from:i]))
			from = i
		}
	}
	return append(parts, string(r[from:]))
}

func vowel(r rune) bool {
	return strings.ContainsRune("aeiouyAEIOUYáéíóúàèäöüōıİаеиоуыэюяАЕИОУЭЮЯіїєαεηιουωάέήίόύώ", r)
}
