package ca

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"interdict/internal/list"
	"interdict/internal/record"
)

// aliases splits one field into names. The field mixes separators, languages
// and scripts; what is no clear separator stays in the name. Line breaks are
// none: the list wraps long names.
func (b *builder) aliases(text, at string) {
	if text == "" {
		return
	}
	names := splitNames(text, b.rec.Kind == record.Person)
	for _, n := range names {
		n.At = at
		if !slices.ContainsFunc(b.rec.Names, func(o record.Name) bool { return o.Full == n.Full }) {
			b.rec.Names = append(b.rec.Names, n)
		}
	}
	if len(names) != 1 || names[0].Full != text {
		b.rec.Other = append(b.rec.Other, record.Text{Role: at, Text: text, At: at})
	}
}

var (
	language = regexp.MustCompile(`\b(Belaruss?ian|Russian|Ukrainian|Arabic|Persian|Farsi|Burmese|Chinese|Hebrew|Spanish|French|English)\s*:\s*`)
	prefix   = regexp.MustCompile(`^(?i:also known as|also|formerly known as|formerly|a\.?k\.?a\.?|f\.?k\.?a\.?|alias|or)[:,]?\s+`)
	// "Баранов, Олег Анатольевич" is one name: a patronymic ends it.
	inverted = regexp.MustCompile(`(^|;\s*)(\p{Cyrillic}+), (\p{Cyrillic}+ \p{Cyrillic}+(?:вич|вна|ична))(\s*(?:$|;))`)
	quoted   = regexp.MustCompile(`\(\s*$|^\s*\)`)
)

// splitNames takes a field apart. person says that "and" never belongs to a
// name.
func splitNames(text string, person bool) []record.Name {
	text = language.ReplaceAllString(text, ";$0")
	if person {
		text = inverted.ReplaceAllString(text, "$1$2 $3$4")
	}
	var out []record.Name
	lang := ""
	for _, piece := range separate(text, person) {
		if m := language.FindStringSubmatch(piece); m != nil && strings.HasPrefix(piece, m[0][:len(m[1])]) {
			lang, piece = m[1], piece[len(m[0]):]
		}
		for _, whole := range alternatives(piece, person) {
			n := record.Name{Type: record.Alias, Quality: record.Unspecified, Language: lang}
			whole = strings.TrimSpace(whole)
			if m := prefix.FindString(whole); m != "" {
				if strings.HasPrefix(strings.ToLower(m), "f") {
					n.Type, n.Quality = record.Former, record.FormerName
				}
				whole = whole[len(m):]
			}
			if n.Full = tidy(whole); n.Full != "" {
				out = append(out, n)
			}
		}
	}
	return out
}

// separate cuts at semicolons, Arabic commas, commas and slashes, never inside
// brackets, never between a firm and its legal form, and at no comma inside
// the name of an organisation, which goes on in lower case: "Министерство
// культуры, спорта и туризма".
func separate(text string, person bool) []string {
	var out []string
	depth, start := 0, 0
	cut := func(i, width int) {
		if piece := list.Squeeze(text[start:i]); piece != "" {
			if len(out) > 0 && start > 0 && text[start-1] == ',' && (legalForm(piece) || legalForm(out[len(out)-1])) {
				out[len(out)-1] += ", " + piece
			} else {
				out = append(out, piece)
			}
		}
		start = i + width
	}
	for i, r := range text {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(depth-1, 0)
		case r == ';':
			depth = 0
			cut(i, 1)
		case depth > 0:
		case r == ',' && (person || !lower(text[i+1:])):
			cut(i, 1)
		case r == '،':
			cut(i, len("،"))
		case r == '/' && apart(text[start:i], text[i+1:]):
			cut(i, 1)
		}
	}
	cut(len(text), 0)
	return out
}

// lower reports whether text begins with a small letter.
func lower(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return unicode.IsLower(r)
}

// apart reports whether a slash stands between names and not in a word like
// "A/S": both sides have a word of three letters next to it.
func apart(left, right string) bool {
	l, r := strings.Fields(left), strings.Fields(right)
	return len(l) > 0 && len(r) > 0 && len([]rune(l[len(l)-1])) >= 3 && len([]rune(r[0])) >= 3
}

// legalForms are what a comma joins to the name before it.
var legalForms = strings.Fields("LLC LLP LTD LIMITED INC CO CORP JSC OJSC PJSC CJSC OOO OAO ZAO PAO AO FSUE GUP FGUP GMBH AG SA SARL BV NV PLC " +
	"ООО ОАО ЗАО ПАО АО НАО САО ФГУП ГУП МУП ИП ААТ ЗАТ ТАА")

func legalForm(piece string) bool {
	return slices.Contains(legalForms, strings.ToUpper(strings.ReplaceAll(piece, ".", "")))
}

// alternatives reads "or" (and "and" between persons): whole names on both
// sides are two names; one word on a side stands for the word next to it, so
// that "Katsiaryna or Katerina Smuschkovich" are two names of two words.
func alternatives(piece string, person bool) []string {
	words := strings.Fields(piece)
	i := slices.IndexFunc(words, func(w string) bool { return w == "or" || w == "OR" || (person && w == "and") })
	if i <= 0 || i == len(words)-1 {
		return []string{piece}
	}
	left, right := words[:i], words[i+1:]
	join := func(parts ...[]string) string { return strings.Join(slices.Concat(parts...), " ") }
	rest := alternatives(join(right), person)
	switch {
	case person && len(left) == 1 && len(right) > 1:
		return append([]string{join(left, right[1:])}, rest...)
	case person && len(left) > 1 && len(right) == 1:
		return []string{join(left), join(left[:len(left)-1], right)}
	}
	return append([]string{join(left)}, rest...)
}

// tidy trims blanks, and brackets that have no partner.
func tidy(name string) string {
	name = strings.Trim(list.Squeeze(name), " ,;:/")
	if strings.Count(name, "(") != strings.Count(name, ")") {
		name = strings.TrimSpace(quoted.ReplaceAllString(strings.Trim(name, "()"), ""))
	}
	return name
}
