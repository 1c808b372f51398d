package ch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/list"
	"interdict/internal/record"
)

// maxProduct bounds the whole names made of one printed name. The largest
// known has dozens; what goes beyond is kept part by part.
const maxProduct = 512

// roles are the part types of the list (list-formats 5).
var roles = map[string]record.Role{
	"title": record.Title, "given-name": record.Given, "further-given-name": record.Middle,
	"father-name": record.Father, "grand-father-name": record.Grandfather, "family-name": record.Family,
	"maiden-name": record.Maiden, "tribal-name": record.Tribal, "suffix": record.Suffix,
	"whole-name": record.Whole, "other": record.OtherPart,
}

// culture is a language and a script; the zero culture is the printed value.
type culture struct{ lang, script string }

// part is one name-part with its spellings.
type part struct {
	role     record.Role
	value    string
	variants map[culture][]string
}

// name makes whole names of a name element: for each culture the product of
// the spellings of its parts in their order, where a part without a spelling
// in that culture has its value. Titles stay out of whole names.
func (b *builder) name(n *list.Node, at string) {
	parts, cultures := b.parts(n, at)
	kind := b.nameType(n.Attr("name-type"), at)
	quality := b.quality(n.Attr("quality"), kind, at)
	for _, c := range cultures {
		for _, combination := range b.product(parts, c, at) {
			whole := record.Name{Type: kind, Quality: quality, Script: iso15924(c.script), Language: c.lang, Parts: combination, At: at}
			var words []string
			for _, p := range combination {
				if p.Role != record.Title {
					words = append(words, p.Text)
				}
			}
			whole.Full = strings.Join(words, " ")
			b.addName(whole)
		}
	}
	for _, p := range parts {
		if p.role == record.Title && p.value != "" {
			b.addText(&b.rec.Titles, record.Text{Text: p.value, At: at})
		}
	}
}

func (b *builder) addName(n record.Name) {
	if n.Full == "" || slices.ContainsFunc(b.rec.Names, func(o record.Name) bool {
		return o.Full == n.Full && o.Type == n.Type && o.Quality == n.Quality && slices.Equal(o.Parts, n.Parts)
	}) {
		return
	}
	b.rec.Names = append(b.rec.Names, n)
}

func (b *builder) addText(all *[]record.Text, t record.Text) {
	if !slices.ContainsFunc(*all, func(o record.Text) bool { return o.Text == t.Text }) {
		*all = append(*all, t)
	}
}

// parts reads the name-parts in their order, and the cultures in which any of
// them is spelt, the printed value first.
func (b *builder) parts(n *list.Node, at string) ([]part, []culture) {
	nodes := n.All("name-part")
	slices.SortStableFunc(nodes, func(x, y *list.Node) int { return cmp.Compare(number(x.Attr("order")), number(y.Attr("order"))) })
	cultures := []culture{{}}
	var out []part
	for _, pn := range nodes {
		role, ok := roles[pn.Attr("name-part-type")]
		if !ok {
			role = record.OtherPart
			b.warn(at, "unknown type of a name part %q", pn.Attr("name-part-type"))
		}
		p := part{role: role, value: pn.Value("value"), variants: map[culture][]string{}}
		if p.value == "" {
			p.value = list.Squeeze(pn.Text)
		}
		for _, v := range pn.All("spelling-variant") {
			c := culture{v.Attr("lang"), v.Attr("script")}
			text := list.Squeeze(v.Text)
			if text == "" {
				continue
			}
			if c == (culture{}) {
				c.lang = "variant"
			}
			p.variants[c] = append(p.variants[c], text)
			if !slices.Contains(cultures, c) {
				cultures = append(cultures, c)
			}
		}
		out = append(out, p)
	}
	return out, cultures
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// product is every way to spell the parts in one culture.
func (b *builder) product(parts []part, c culture, at string) [][]record.Part {
	all := [][]record.Part{nil}
	for _, p := range parts {
		spellings := p.variants[c]
		if len(spellings) == 0 {
			spellings = []string{p.value}
		}
		if len(all)*len(spellings) > maxProduct {
			b.warn(at, "more than %d spellings of one name; further ones are kept apart", maxProduct)
			for _, s := range spellings[1:] {
				b.rec.Other = append(b.rec.Other, record.Text{Role: "spelling-variant", Text: s, At: at})
			}
			spellings = spellings[:1]
		}
		var next [][]record.Part
		for _, before := range all {
			for _, s := range spellings {
				if s == "" {
					next = append(next, before)
					continue
				}
				next = append(next, append(slices.Clone(before), record.Part{Role: p.role, Text: s}))
			}
		}
		all = next
	}
	return all
}

// iso15924 writes "CYRL" as "Cyrl".
func iso15924(s string) string {
	if len(s) != 4 {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.ToLower(s[1:])
}

func (b *builder) nameType(text, at string) record.NameType {
	switch strings.ToLower(text) {
	case "primary-name":
		return record.Primary
	case "alias":
		return record.Alias
	case "formerly-known-as":
		return record.Former
	}
	if text != "" || len(b.rec.Names) > 0 {
		b.warn(at, "unknown type of name %q", text)
		return record.Alias
	}
	return record.Primary
}

func (b *builder) quality(text string, t record.NameType, at string) record.Quality {
	switch strings.ToLower(text) {
	case "good":
		return record.Strong
	case "low":
		return record.Weak
	case "":
		switch t {
		case record.Primary:
			return record.Strong
		case record.Former:
			return record.FormerName
		}
		return record.Unspecified
	}
	b.warn(at, "unknown quality of a name %q", text)
	return record.UnknownQual
}
