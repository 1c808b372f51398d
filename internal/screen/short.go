package screen

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"interdict/internal/name"
	"interdict/internal/record"
)

// bracketed is a part of a printed name in brackets.
var bracketed = regexp.MustCompile(`\s*[(（\[]([^()（）\[\]]*)[)）\]]`)

// unbracketed are the names that one printed with brackets holds: itself
// without them, and of an organisation the acronym in them: "(AQAP)". Nothing
// where that leaves no name.
func unbracketed(full string, schema record.Kind) []string {
	if !strings.ContainsAny(full, "(（[") {
		return nil
	}
	found := bracketed.FindAllStringSubmatch(full, -1)
	rest := strings.TrimSpace(bracketed.ReplaceAllString(full, ""))
	if len(found) == 0 || letters(rest) < 2 {
		return nil
	}
	out := []string{rest}
	for _, f := range found {
		if schema != record.Person && abbreviates(f[1], rest) {
			out = append(out, strings.TrimSpace(f[1]))
		}
	}
	return out
}

// abbreviates reports a word of two and more letters that are letters of the
// words of the name, in their order and each word's first one first: KOMID is
// Korea Mining Development, and Kenya is no branch's acronym.
func abbreviates(text, full string) bool {
	short := lettersOf(text)
	words := strings.FieldsFunc(full, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(short) < 2 || len(words) < 2 || strings.ContainsFunc(strings.TrimSpace(text), unicode.IsSpace) {
		return false
	}
	at := 0
	for _, w := range words {
		for i, r := range lettersOf(w) {
			if at < len(short) && r == short[at] {
				at++
			} else if i == 0 {
				break
			}
		}
	}
	return at == len(short) && lettersOf(words[0])[0] == short[0]
}

func lettersOf(s string) []rune {
	var out []rune
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) {
			out = append(out, r)
		}
	}
	return out
}

// Weights in 1/100 of given and family name, each and together, from which the
// two alone tell somebody.
const (
	tellingOne = 70
	tellingTwo = 170
)

// readers remember words: those of a register repeat.
var readers = sync.Pool{New: func() any { return new(name.Reader) }}

// short is how texts name somebody whom a list names in full: given and family
// name without the patronymic, or, of three and more words, the first and the
// last if both are rare enough. "" where there is no such form.
func short(full string) string {
	reader := readers.Get().(*name.Reader)
	defer readers.Put(reader)
	reader.Forgets()
	p := reader.Analyse(full, name.AsPerson).Positions
	var words []int
	for i, x := range p {
		if x.Class() == name.Word {
			words = append(words, i)
		}
	}
	if len(words) < 3 || len(p) > name.MaxPositions {
		return ""
	}
	plain := slices.DeleteFunc(slices.Clone(words), func(i int) bool { return p[i].Tags&name.Patronymic != 0 })
	if len(plain) < len(words) {
		if len(plain) < 2 {
			return ""
		}
		return wordsOf(full, p, plain)
	}
	first, last := words[0], words[len(words)-1]
	w, v := p[first].Weight(), p[last].Weight()
	if min(w, v) < tellingOne || w+v < tellingTwo || p[last].Tags != 0 || p[first].Tags != 0 {
		return ""
	}
	pair := []int{first}
	for i := last - 1; i > first && p[i].Class() == name.Particle; i-- {
		pair = slices.Insert(pair, 1, i)
	}
	return wordsOf(full, p, append(pair, last))
}

// wordsOf writes some positions of a name.
func wordsOf(full string, p []name.Position, of []int) string {
	out := make([]string, len(of))
	for k, i := range of {
		out[k] = full[p[i].Start:p[i].End]
	}
	return strings.Join(slices.Compact(out), " ")
}

// shorten adds the short forms of the names so far, for texts.
func (c *Card) shorten() {
	if c.Schema != record.Person {
		return
	}
	for _, n := range slices.Clone(c.Names) {
		if n.Weak || bracketed.MatchString(n.Text) {
			continue
		}
		s := short(n.Text)
		if s != "" && !slices.ContainsFunc(c.Names, func(o CardName) bool { return strings.EqualFold(o.Text, s) }) {
			c.Names = append(c.Names, CardName{Text: s, Short: true})
		}
	}
}

// whole leaves the hits on names of the list, without our short forms of them.
func (c *Card) whole(names []found) []found {
	return slices.DeleteFunc(names, func(f found) bool { return c.Names[f.Name].Short })
}
