package uk

import (
	"slices"
	"strings"

	"interdict/internal/list"
	"interdict/internal/record"
)

// name reads Name 1 to Name 6: Name 6 is the family name or the name of a
// firm, Name 1 the given name (format notice).
func (b *builder) name(p piece) {
	n := record.Name{At: p.at}
	var words []string
	for i, role := range []record.Role{record.Given, record.Middle, record.Middle, record.Middle, record.Middle, record.Family} {
		text := p.get(string(rune('1' + i)))
		if text == "" || text == "-" {
			continue
		}
		words = append(words, text)
		if b.rec.Kind == record.Person {
			n.Parts = append(n.Parts, record.Part{Role: role, Text: text})
		}
	}
	n.Full = strings.Join(words, " ")
	if n.Full == "" {
		n.Full = p.get("whole")
	}
	if n.Full == "" {
		return
	}
	n.Type = b.nameType(p.get("type"), p.at)
	n.Quality = b.quality(p.get("strength"), n.Type, p.at)
	if whole := p.get("whole"); whole != "" && whole != n.Full {
		n.Note = whole
	}
	if !slices.ContainsFunc(b.rec.Names, func(o record.Name) bool {
		return o.Full == n.Full && o.Type == n.Type && o.Quality == n.Quality && slices.Equal(o.Parts, n.Parts)
	}) {
		b.rec.Names = append(b.rec.Names, n)
	}
}

func (b *builder) nameType(text, at string) record.NameType {
	switch plain(text) {
	case "primaryname", "primaryalias", "primealias", "primarynamevariation":
		return record.Primary
	case "alias", "aka":
		return record.Alias
	case "fka", "formername", "previousname", "formerlyknownas":
		return record.Former
	case "":
		if len(b.rec.Names) == 0 {
			return record.Primary
		}
	default:
		b.warn(at, "unknown type of name %q", text)
		b.other("name type", text, at)
	}
	return record.Alias
}

// quality is what the list grades. It does not grade primary names; an alias
// without a grade stays so.
func (b *builder) quality(text string, t record.NameType, at string) record.Quality {
	switch plain(strings.ReplaceAll(strings.ToLower(text), "quality", "")) {
	case "goodaka", "good", "strong":
		return record.Strong
	case "lowaka", "low", "weak":
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
	b.warn(at, "unknown strength of a name %q", text)
	b.other("alias strength", text, at)
	return record.UnknownQual
}

// scripts are the words of the list for scripts, as ISO 15924 codes.
var scripts = map[string]string{
	"arabic": "Arab", "persian": "Arab", "farsi": "Arab", "urdu": "Arab", "pashto": "Arab",
	"cyrillic": "Cyrl", "russian": "Cyrl", "ukrainian": "Cyrl", "belarusian": "Cyrl",
	"chinese": "Hani", "chinesesimplified": "Hans", "simplifiedchinese": "Hans", "chinesetraditional": "Hant", "traditionalchinese": "Hant",
	"korean": "Kore", "hangul": "Hang", "hebrew": "Hebr", "greek": "Grek", "georgian": "Geor", "armenian": "Armn",
	"burmese": "Mymr", "myanmar": "Mymr", "japanese": "Jpan", "thai": "Thai", "devanagari": "Deva", "amharic": "Ethi", "tigrinya": "Ethi", "latin": "Latn",
}

func (b *builder) script(p piece) {
	text := p.get("text")
	if text == "" || text == "-" {
		return
	}
	n := record.Name{Full: text, Type: record.Alias, Quality: record.Unspecified, Language: p.get("language"), At: p.at}
	if plain(p.get("name type")) == "primaryname" || plain(p.get("name type")) == "primealias" {
		n.Type, n.Quality = record.Primary, record.Strong
	}
	if kind := p.get("type"); kind != "" {
		n.Script = scripts[plain(kind)]
		if n.Script == "" {
			n.Note = "script: " + kind
			b.warn(p.at, "unknown script %q", kind)
		}
	}
	b.rec.Names = append(b.rec.Names, n)
}

// primaryFirst puts the primary name in Latin letters before all others.
func (b *builder) primaryFirst() {
	i := slices.IndexFunc(b.rec.Names, func(n record.Name) bool { return n.Type == record.Primary && n.Script == "" })
	if i > 0 {
		n := b.rec.Names[i]
		b.rec.Names = slices.Insert(slices.Delete(b.rec.Names, i, i+1), 0, n)
	}
}

// hidden adds a name that only stands in the free text.
func (b *builder) hidden(name string, t record.NameType, q record.Quality, at string) {
	name = strings.Trim(list.Squeeze(name), " .,;:'\"‘’“”()")
	if len(name) < 2 || len(strings.Fields(name)) > 9 || strings.Contains(name, ":") || !strings.ContainsFunc(name, isLetter) {
		return
	}
	for _, o := range b.rec.Names {
		if strings.EqualFold(o.Full, name) {
			return
		}
	}
	b.rec.Names = append(b.rec.Names, record.Name{Full: name, Type: t, Quality: q, Note: "from the other information", At: at})
}
