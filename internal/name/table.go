package name

import (
	"bufio"
	"cmp"
	_ "embed" // the tables are part of the binary
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed table/particles.txt
var particleText string

//go:embed table/attributes.txt
var attributeText string

//go:embed table/organisation.txt
var organisationText string

//go:embed table/numbers.txt
var numberText string

//go:embed table/lexicon.txt
var lexiconText string

//go:embed table/organisation.spelt.txt
var organisationSpelt string

//go:embed table/lexicon.spelt.txt
var lexiconSpelt string

//go:embed table/attested.txt
var attestedText string

//go:embed table/rarity.txt
var rarityText string

// Tables returns the text of every table of this package in a fixed order:
// the profile of a screening is a hash over them.
func Tables() []string {
	return []string{particleText, attributeText, organisationText, hanText, numberText, lexiconText, attestedText, rarityText}
}

type particleKind uint8

const (
	notParticle particleKind = iota
	article
	nasab
	kunya
	link
	honorific
	stop
)

// particle is a word of the table with the form in which all its spellings
// are compared.
type particle struct {
	kind      particleKind
	canonical string
}

var particles = sync.OnceValue(func() map[string]particle {
	kinds := map[string]particleKind{"article": article, "nasab": nasab, "kunya": kunya, "link": link, "honorific": honorific, "stop": stop}
	out := map[string]particle{}
	for head, words := range rows(particleText) {
		kind, canonical, _ := strings.Cut(head, " ")
		k, ok := kinds[kind]
		if !ok {
			panic("name: unknown kind of particle " + head)
		}
		for _, w := range strings.Fields(words) {
			p := particle{k, canonical}
			if canonical == "-" {
				p.canonical = w
			}
			if _, twice := out[w]; !twice {
				out[w] = p
			}
		}
	}
	return out
})

var attributes = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range lines(attributeText) {
		for _, w := range strings.Fields(line) {
			out[fold(w)] = true
		}
	}
	return out
})

// concept is a symbol token's surface and class.
type concept struct {
	surface string
	class   Class
}

const maxPhrase = 5 // words of a phrase

var concepts = sync.OnceValue(func() map[string]concept {
	out := map[string]concept{}
	for head, phrases := range rows(organisationSpelt) {
		class, id, _ := strings.Cut(head, " ")
		c := concept{"~" + id, Generic}
		if class == "form" {
			c.class = Form
		}
		for p := range strings.SplitSeq(phrases, ",") {
			if p = strings.TrimSpace(p); p == "" {
				continue
			}
			if _, twice := out[p]; !twice {
				out[p] = c
			}
		}
	}
	return out
})

var numberWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for value, words := range rows(numberText) {
		for _, w := range strings.Fields(words) {
			out[w] = value
		}
	}
	return out
})

var lexicon = sync.OnceValue(func() map[string][]Sense {
	kinds := map[string]SenseKind{"variant": Variant, "nickname": Nickname, "translation": Translation}
	out := map[string][]Sense{}
	group := uint32(0)
	for head, words := range rows(lexiconSpelt) {
		kind, ok := kinds[head]
		if !ok {
			panic("name: unknown kind of lexicon group " + head)
		}
		group++
		s := Sense{group, kind}
		for w := range strings.FieldsSeq(words) {
			out[w] = append(out[w], s)
		}
	}
	for _, words := range rows(attestedText) {
		group++
		for w := range strings.FieldsSeq(words) {
			out[w] = append(out[w], Sense{group, Attested})
		}
	}
	return out
})

func senses(surface string) []Sense { return lexicon()[surface] }

var rarities = sync.OnceValue(func() map[string]uint8 {
	out := map[string]uint8{}
	for line := range lines(rarityText) {
		w, v, ok := strings.Cut(line, " ")
		n, err := strconv.Atoi(v)
		if !ok || err != nil || n < minWord || n > maxWord {
			panic("name: bad line in the rarity table: " + line)
		}
		out[w] = uint8(n)
	}
	return out
})

// rarity is the frozen weight of a name word: common words weigh less. Words
// that the reference corpus does not know, or has once, weigh 1.00. Live
// frequencies are not used: a score would drift with each delta and could not
// be replayed (matching.md 3.3).
func rarity(surface string) uint8 {
	if w, ok := rarities()[surface]; ok {
		return w
	}
	return maxWord
}

// lines yields the lines of a table without comments and blank lines.
func lines(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		sc := bufio.NewScanner(strings.NewReader(text))
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			line := strings.TrimSpace(sc.Text())
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}

// rows yields "head: rest" lines.
func rows(text string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for line := range lines(text) {
			head, rest, ok := strings.Cut(line, ":")
			if !ok {
				panic("name: a table line without a head: " + line)
			}
			if !yield(head, strings.TrimSpace(rest)) {
				return
			}
		}
	}
}

// Common returns the words of the rarity table, the commonest first, of equals
// in the order of the alphabet.
func Common() []string {
	weights := rarities()
	return slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[a], weights[b]), cmp.Compare(a, b))
	})
}
