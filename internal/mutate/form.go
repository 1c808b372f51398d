package mutate

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	apostrophes = []string{"'", "’", "‘", "ʼ", "ʻ", "ʿ", "ʾ", "`", "´", "′"}
	hyphens     = []string{"-", "‐", "‑", "–", "—"}
	honorifics  = []string{"Mr", "Mrs", "Dr.", "Sheikh", "Haji", "Gen.", "Prof.", "Herr", "Señor", "Ustad", "Mullah"}
	legalForms  = []string{"Ltd", "LLC", "Inc.", "GmbH", "S.A.", "Co., Ltd.", "FZE", "OOO", "JSC", "Limited", "PLC", "Corporation"}
	extras      = []string{"Karim", "Maria", "Ivan", "Trading", "Nur", "Group", "Hamid", "Elena", "Junior", "Rahman"}
)

var strokes = swaps("ø=o đ=d ł=l ı=i ß=ss æ=ae œ=oe þ=th ð=d")

var accents = swaps("a=á,à,â,ä,ã,å e=é,è,ê,ë i=í,ì,î,ï o=ó,ò,ô,ö,õ,ø u=ú,ù,û,ü n=ñ,ń c=ç,ć,č s=š,ş z=ž,ż l=ł d=đ")

func formMutations() []Mutation {
	return []Mutation{
		{ID: "form.upper", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return strings.ToUpper(s), true }},
		{ID: "form.lower", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return strings.ToLower(s), true }},
		{ID: "form.case", Band: Strong, apply: randomCase},
		{ID: "form.diacritics-dropped", Band: Strong, apply: dropDiacritics},
		{ID: "form.diacritics-added", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return swapOne(c, s, accents) }},
		{ID: "form.decomposed", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return norm.NFD.String(s), true }},
		{ID: "form.punctuation-added", Band: Strong, apply: addPunctuation},
		{ID: "form.punctuation-dropped", Band: Strong, apply: dropPunctuation},
		{ID: "form.apostrophe", Band: Strong, apply: changeApostrophe},
		{ID: "form.apostrophe-dropped", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return dropAll(s, apostrophes, "") }},
		{ID: "form.hyphen", Band: Strong, apply: changeHyphen},
		{ID: "form.hyphen-blank", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return dropAll(s, hyphens, " ") }},
		{ID: "form.hyphen-joined", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return dropAll(s, hyphens, "") }},
		{ID: "form.blank-hyphen", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return joinPair(c, s, "-") }},
		{ID: "form.pair-joined", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return joinPair(c, s, "") }},
		{ID: "form.all-joined", Band: Possible, apply: joinAll},
		{ID: "form.split", Band: Strong, apply: splitWord},
		{ID: "form.order", Band: Strong, apply: reorder},
		{ID: "form.last-first", Band: Strong, apply: lastFirst},
		{ID: "form.missing", Band: Possible, apply: dropWord},
		{ID: "form.extra", Band: Possible, apply: addWord},
		{ID: "form.repeated", Band: Strong, apply: repeatWord},
		{ID: "form.initial", Band: Possible, apply: func(c *Chance, s string) (string, bool) { return initials(c, s, false) }},
		{ID: "form.initials", Band: Weak, apply: func(c *Chance, s string) (string, bool) { return initials(c, s, true) }},
		{ID: "form.honorific-added", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return Pick(c, honorifics) + " " + s, true }},
		{ID: "form.honorific-dropped", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return dropListed(s, honorifics) }},
		{ID: "form.legal-added", Band: Strong, apply: func(c *Chance, s string) (string, bool) { return s + " " + Pick(c, legalForms), true }},
		{ID: "form.legal-dropped", Band: Strong, apply: func(_ *Chance, s string) (string, bool) { return dropListed(s, legalForms) }},
	}
}

func randomCase(c *Chance, s string) (string, bool) {
	return strings.Map(func(r rune) rune {
		if c.N(2) == 0 {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s), true
}

func dropDiacritics(c *Chance, s string) (string, bool) {
	if !in(s, unicode.Latin, unicode.Greek) {
		return "", false
	}
	plain := norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
	if more, ok := swapAll(c, plain, strokes); ok {
		plain = more
	}
	return plain, true
}

func addPunctuation(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	if len(words) == 0 {
		return "", false
	}
	i := c.N(len(words))
	words[i] = Pick(c, []string{words[i] + ".", words[i] + ",", "\"" + words[i] + "\"", "(" + words[i] + ")", words[i] + " /", words[i] + ";"})
	return strings.Join(words, " "), true
}

func dropPunctuation(_ *Chance, s string) (string, bool) {
	changed := strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(changed), " "), true
}

func changeApostrophe(c *Chance, s string) (string, bool) {
	other := Pick(c, apostrophes)
	return dropAll(s, apostrophes, other)
}

func changeHyphen(c *Chance, s string) (string, bool) {
	return dropAll(s, hyphens, Pick(c, hyphens[1:]))
}

// dropAll puts with in place of each of marks.
func dropAll(s string, marks []string, with string) (string, bool) {
	changed := s
	for _, m := range marks {
		changed = strings.ReplaceAll(changed, m, "\x00")
	}
	changed = strings.ReplaceAll(changed, "\x00", with)
	return strings.Join(strings.Fields(changed), " "), true
}

func joinPair(c *Chance, s, with string) (string, bool) {
	words := strings.Fields(s)
	if len(words) < 2 {
		return "", false
	}
	i := c.N(len(words) - 1)
	second := words[i+1]
	if with == "" {
		second = strings.ToLower(second)
	}
	words[i] += with + second
	return strings.Join(without(words, i+1, 1), " "), true
}

func joinAll(_ *Chance, s string) (string, bool) {
	return strings.Join(strings.Fields(s), ""), true
}

func splitWord(c *Chance, s string) (string, bool) {
	return onWord(c, s, func(w string) bool { return letters(w) >= 6 }, func(w string) string {
		r := []rune(w)
		at := 2 + c.N(len(r)-3)
		return string(r[:at]) + " " + string(r[at:])
	})
}

func reorder(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	Shuffle(c, words)
	return strings.Join(words, " "), true
}

func lastFirst(_ *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	if len(words) < 2 {
		return "", false
	}
	last := len(words) - 1
	return strings.ToUpper(words[last]) + ", " + strings.Join(words[:last], " "), true
}

func dropWord(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	if len(words) < 3 {
		return "", false
	}
	return strings.Join(without(words, c.N(len(words)), 1), " "), true
}

func addWord(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	return strings.Join(slices.Insert(words, c.N(len(words)+1), Pick(c, extras)), " "), true
}

func repeatWord(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	if len(words) == 0 {
		return "", false
	}
	return strings.Join(append(words, Pick(c, words)), " "), true
}

// initials shortens one word but the last, or all of them.
func initials(c *Chance, s string, all bool) (string, bool) {
	words := strings.Fields(s)
	if len(words) < 2 {
		return "", false
	}
	one := c.N(len(words) - 1)
	for i := range words[:len(words)-1] {
		if r := []rune(words[i]); (all || i == one) && len(r) > 1 {
			words[i] = string(unicode.ToUpper(r[0])) + "."
		}
	}
	return strings.Join(words, " "), true
}

// dropListed drops every word that stands in list, if others stay.
func dropListed(s string, list []string) (string, bool) {
	small := make([]string, len(list))
	for i, w := range list {
		small[i] = bare(w)
	}
	words := slices.DeleteFunc(strings.Fields(s), func(w string) bool { return isOneOf(w, small) })
	return strings.Join(words, " "), len(words) > 0
}
