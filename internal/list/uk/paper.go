package uk

import (
	"regexp"
	"strings"
	"unicode"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

func (b *builder) identifier(id record.Identifier) {
	for _, o := range b.rec.Identifiers {
		if o.Type == id.Type && o.Number == id.Number && o.Country == id.Country {
			return
		}
	}
	b.rec.Identifiers = append(b.rec.Identifiers, id)
}

var (
	afterLabel = regexp.MustCompile(`(?i)(?:\b(?:number|no|nos|num|nr|id|card|code|passport|details|permit|certificate)\b\.?\s*[:.]?\s*)([A-Z]{0,4}[-/. ]?\d[\w\-/.]*\w|\d)`)
	anyNumber  = regexp.MustCompile(`\b(?:[A-Z]{1,2} )?[A-Za-z]{0,4}[-/]?\d[\w\-/.]*\w(?: \d{2,}\b)*`)
	inBrackets = regexp.MustCompile(`\(([^()]+)\)`)
	issuedOn   = regexp.MustCompile(`(?i)(?:issued|date of issue)\s*(?:on|:|in)?\s*:?\s*(\d{1,2}[./ ]+[A-Za-z\d]{1,9}\.?[./ ]+\d{4}|[A-Z][a-z]+ \d{4}|\d{4})`)
	expiresOn  = regexp.MustCompile(`(?i)(?:expir\w*(?: date)?|valid until|until)\s*(?:on|:)?\s*:?\s*(\d{1,2}[./ ]+[A-Za-z\d]{1,9}\.?[./ ]+\d{4}|[A-Z][a-z]+ \d{4}|\d{4})`)
	// "Qatari passport issued on ..." names a country up to the document.
	behindCountry = regexp.MustCompile(`(?i)\s(?:diplomatic|national|passport|identi\w*|civil|id|ni|issued|driving)\b.*`)
	leadCountry   = regexp.MustCompile(`^((?:[A-Z][A-Za-z]+ ){1,4})(?i:diplomatic |national )?(?i:passport|number|national|id\b|identi|civil|ni\b)`)
)

// papers reads numbers of passports and of identity documents, alone or in
// prose: "(1) OR801168 (Afghan). Issued on 28 Feb 2006 (2) 4117921
// (Pakistani)". The prose stays in the note. Prose without a number is kept
// as a remark.
func (b *builder) papers(kind string, p piece) {
	number, info := p.get("number"), p.get("info")
	if number != "" {
		heads, infos := spread(number), spread(info)
		for i, n := range heads {
			note := info
			if len(heads) > 1 && len(infos) > 1 {
				note = pick(infos, i)
			}
			id := paper(kind, n)
			if id.Number == "" || !strings.ContainsAny(n, " (") {
				id.Number = n
			}
			details(&id, note)
			details(&id, n)
			id.Note = strings.TrimSpace(unless(n, id.Number) + " " + note)
			id.At = p.at
			b.identifier(id)
		}
		return
	}
	head, items := list.Enumerate(info)
	if len(items) == 0 {
		items = []list.Item{{Text: head}}
	} else if head != "" {
		b.rec.Remarks = append(b.rec.Remarks, record.Text{Role: kind, Text: head, At: p.at})
	}
	for _, it := range items {
		id := paper(kind, it.Text)
		if id.Number == "" {
			if it.Text != "" && it.Text != "-" {
				b.rec.Remarks = append(b.rec.Remarks, record.Text{Role: kind, Text: it.Text, At: p.at})
			}
			continue
		}
		details(&id, it.Text)
		id.Note = unless(it.Text, id.Number)
		id.At = p.at
		b.identifier(id)
	}
}

// paper finds the number in a piece of prose. Dates are no numbers.
func paper(kind, text string) record.Identifier {
	id := record.Identifier{Type: kind}
	bare := expiresOn.ReplaceAllString(issuedOn.ReplaceAllString(text, ""), "")
	if m := afterLabel.FindStringSubmatch(bare); m != nil {
		id.Number = strings.TrimRight(m[1], ".")
	} else if n := anyNumber.FindString(bare); n != "" {
		id.Number = strings.TrimRight(n, ".")
	}
	if strings.ContainsAny(text, "0123456789") && id.Number != "" && wholeNumber(text) {
		id.Number = list.Squeeze(text)
	}
	return id
}

// wholeNumber reports whether a cell is nothing but a number, perhaps with
// blanks: "96 03 464086".
func wholeNumber(text string) bool {
	for _, w := range strings.Fields(text) {
		if !strings.ContainsAny(w, "0123456789") && len(w) > 3 {
			return false
		}
		if strings.ContainsAny(w, "(),:;") {
			return false
		}
	}
	return true
}

// details takes country and dates out of the prose around a number.
func details(id *record.Identifier, text string) {
	if id.Code == "" {
		issuer(id, text)
	}
	if m := issuedOn.FindStringSubmatch(text); m != nil {
		id.Issued, _ = date.Parse(m[1])
	}
	if m := expiresOn.FindStringSubmatch(text); m != nil {
		id.Expires, _ = date.Parse(m[1])
	}
}

// issuer finds the country in brackets, before the document, or alone.
func issuer(id *record.Identifier, text string) {
	for _, m := range inBrackets.FindAllStringSubmatch(text, -1) {
		words := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(m[1]), "False "))
		if i := behindCountry.FindStringIndex(words); i != nil {
			words = strings.TrimSpace(words[:i[0]])
		}
		if code, ok := country.Code(words); ok {
			id.Country, id.Code = words, code
			break
		}
	}
	if id.Code == "" {
		if m := leadCountry.FindStringSubmatch(text); m != nil {
			words := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(m[1]), "Diplomatic"))
			if code, ok := country.Code(words); ok {
				id.Country, id.Code = words, code
			}
		}
	}
	if before, _, ok := strings.Cut(text, id.Number); ok && id.Code == "" {
		before = strings.TrimSpace(before)
		if code, ok := country.Code(before); ok {
			id.Country, id.Code = before, code
		}
	}
	if id.Code == "" {
		first, _, _ := strings.Cut(text, ".")
		if code, ok := country.Code(first); ok {
			id.Country, id.Code = first, code
		}
	}
}

// numbers are the values of a cell that may hold several.
func numbers(value string) []string {
	var out []string
	for _, v := range strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == ',' || r == '|' }) {
		for _, s := range spread(list.Squeeze(v)) {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

func (b *builder) contact(kind, value, at string) {
	for _, v := range numbers(value) {
		if kind == "email" || kind == "website" {
			for _, w := range strings.Fields(v) {
				b.identifier(record.Identifier{Type: kind, Number: w, At: at})
			}
			continue
		}
		b.identifier(record.Identifier{Type: kind, Number: v, At: at})
	}
}
