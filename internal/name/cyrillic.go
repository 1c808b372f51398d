package name

import (
	"strings"
	"unicode/utf8"

	"interdict/internal/script"
)

// cyrillicLinks are the words of Russian, Ukrainian and Belarusian that join the
// words of an organisation's name, and what they are in English. Without them
// "по" were as good as a name, and "и" nothing but the initial of somebody.
var cyrillicLinks = map[string]string{
	"и": "and", "і": "and", "та": "and", "й": "and",
	"по": "for", "для": "for", "из": "from", "от": "from", "від": "from", "в": "in", "во": "in", "у": "in",
	"на": "on", "с": "with", "со": "with", "з": "with", "при": "at", "за": "for", "к": "to", "о": "of", "об": "of",
}

// cyrillicLink reads such a word of an organisation, also as it is spelt; nil if it
// is none. A letter may be an initial too (ИП Иванов В. В.).
func (r *Reader) cyrillicLink(text string) *piece {
	link, ok := cyrillicLinks[text]
	if !ok {
		return nil
	}
	p := &piece{alts: []string{link}, native: script.Key(text), one: utf8.RuneCountInString(text) == 1}
	for _, c := range r.candidates(text, mixed) {
		p.add(c.Text, false)
	}
	return p
}

// englishEnds are ends of words that firms make their names of and spell in Cyrillic
// letters by their sound.
var englishEnds = []struct{ cyrillic, english string }{
	{"трейд", "trade"},
	{"трэйд", "trade"},
	{"групп", "group"},
	{"эйр", "air"},
	{"лайн", "line"},
	{"лайнс", "lines"},
	{"софт", "soft"},
	{"сервис", "service"},
	{"стил", "steel"},
	{"шиппинг", "shipping"},
	{"пауэр", "power"},
	{"хаус", "house"},
	{"тайм", "time"},
	{"лайт", "light"},
	{"кемикал", "chemical"},
	{"спейс", "space"},
	{"трэвел", "travel"},
	{"фуд", "food"},
	{"центр", "center"},
	{"техник", "technic"},
	{"тех", "tech"},
	{"тек", "tech"},
	{"инжиниринг", "engineering"},
}

// leastBefore is how many letters stand before such an end.
const leastBefore = 2

// inEnglish reads a word of an organisation as spelt in English at its end, if it
// has such an end: Invest-neft-trade of ИнвестНефтеТрейд. Empty if it has none.
func (r *Reader) inEnglish(text string) string {
	for _, e := range englishEnds {
		stem, ok := strings.CutSuffix(text, e.cyrillic)
		if !ok || utf8.RuneCountInString(stem) < leastBefore {
			continue
		}
		if all := r.candidates(stem, mixed); len(all) > 0 {
			return all[0].Text + e.english
		}
	}
	return ""
}

// ordinalEndings are those of Russian, Ukrainian and Belarusian ordinals that stand
// behind digits and a hyphen: 20-я.
var ordinalEndings = []string{"я", "й", "е", "го", "му", "м", "х", "ая", "ый", "ий", "ой", "ое", "ого", "ти", "ми", "а", "га", "ы", "ша", "та", "тя"}

// ordinalEnding returns the length of the hyphen and the ending of an ordinal that
// rest begins with, behind digits; 0 if there is none.
func ordinalEnding(digits, rest string) int {
	hyphen, n := utf8.DecodeRuneInString(rest)
	if hyphen != '-' && hyphen != '\u2010' && hyphen != '\u2011' || strings.Trim(digits, "0123456789") != "" {
		return 0
	}
	end := n
	for end < len(rest) {
		c, size := utf8.DecodeRuneInString(rest[end:])
		if !inWord(c) {
			break
		}
		end += size
	}
	for _, e := range ordinalEndings {
		if strings.EqualFold(rest[n:end], e) {
			return end
		}
	}
	return 0
}
