package un

import (
	"regexp"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

func (r *reader) documents() {
	r.groups("DOCUMENT", func(n *list.Node, at string) {
		get := func(name string) string { return r.oneOf(n, name, at+"/"+name) }
		kind, kind2, note := get("TYPE_OF_DOCUMENT"), get("TYPE_OF_DOCUMENT2"), get("NOTE")
		id := record.Identifier{
			Number:  get("NUMBER"),
			Country: get("ISSUING_COUNTRY"),
			Detail:  joined(", ", kind, kind2),
			Issuer:  get("CITY_OF_ISSUE"),
			Issued:  isoDate(get("DATE_OF_ISSUE")),
			Note:    note,
		}
		if other := get("COUNTRY_OF_ISSUE"); id.Country == "" {
			id.Country = other
		} else if other != "" && other != id.Country {
			// Both are printed when a consulate issued the document abroad.
			id.Issuer = joined(", ", id.Issuer, other)
		}
		if id == (record.Identifier{}) {
			return
		}
		id.At, id.Type, id.Code = at, documentType(kind, kind2), code(id.Country)
		if id.Number == "" {
			r.numberless(id, kind2, note)
			return
		}
		id.Number = bareNumber(id.Number)
		dates(&id, note)
		r.rec.Identifiers = append(r.rec.Identifiers, id)
	})
}

// numberless finds the numbers of a document that prints them in its type or
// note ("Egyptian passport 0003213"). Without any it is kept with its words.
func (r *reader) numberless(id record.Identifier, places ...string) {
	found := false
	for _, text := range places {
		for _, part := range splitLetters(text) {
			m := numberInText.FindStringSubmatch(part)
			if m == nil {
				continue
			}
			one := id
			one.Number = strings.Trim(m[2], " .-")
			if one.Type == "" || one.Type == "passport" {
				one.Type = documentType(m[1], one.Type)
			}
			dates(&one, part)
			r.rec.Identifiers = append(r.rec.Identifiers, one)
			found = true
		}
	}
	if !found {
		r.rec.Identifiers = append(r.rec.Identifiers, id)
	}
}

var (
	// Words of the type, then a number: up to two letters of a series and at
	// least three digits.
	numberInText = regexp.MustCompile(`^([^0-9]*?)((?:\b[A-Z]{1,3}[- ]{0,2})?\d[0-9A-Za-z./-]*\d(?:[- ]{1,2}\d{3,}[0-9-]*)*[0-9A-Za-z-]*)`)
	issuedOn     = regexp.MustCompile(`(?i)\b(?:issued|dated)\b[^,;()0-9]*?(?:on |dated |in )?(\d{1,2} [A-Z][a-z]+\.? ?\d{4}|[A-Z][a-z]{2,8}\.? \d{4}|\d{4})\b`)
	expiresOn    = regexp.MustCompile(`(?i)\b(?:expir(?:ed|es|ing|y|ation)(?: date)?|valid until)\b[: ]*(?:on )?(\d{1,2} [A-Z][a-z]+\.? ?\d{4}|[A-Z][a-z]{2,8}\.? \d{4}|\d{4})\b`)
	numberWord   = regexp.MustCompile(`(?i)^(?:number|no\.?|nr\.?|#)[:. ]*(?:([^ ].*))$`)
)

// bareNumber drops the words "number" and "No." before a number.
func bareNumber(s string) string {
	if m := numberWord.FindStringSubmatch(s); m != nil && strings.ContainsAny(m[1], "0123456789") {
		return m[1]
	}
	return s
}

// dates fills in what a note says of issue and expiry.
func dates(id *record.Identifier, note string) {
	if m := issuedOn.FindStringSubmatch(note); m != nil && id.Issued.IsZero() {
		id.Issued = worded(m[1])
	}
	if m := expiresOn.FindStringSubmatch(note); m != nil && id.Expires.IsZero() {
		id.Expires = worded(m[1])
	}
}

func worded(text string) date.Partial {
	p, err := date.Parse(text)
	if err != nil {
		return date.Partial{Text: text}
	}
	return p
}

// documentType maps the list's wording, also in French and Spanish, to our
// types; the second wording is the more exact one.
func documentType(kind, kind2 string) string {
	for _, s := range []string{kind2, kind} {
		s = strings.ToLower(s)
		switch {
		case s == "":
		case strings.Contains(s, "passe") || strings.Contains(s, "passport") || strings.Contains(s, "pasaporte") ||
			strings.Contains(s, "travel document"):
			return "passport"
		case strings.Contains(s, "fiscal") || strings.Contains(s, "tax"):
			return "tax"
		case strings.Contains(s, "identi") || strings.Contains(s, "id number") || strings.Contains(s, "national") ||
			strings.Contains(s, "tazkira") || strings.Contains(s, "ssn") || strings.Contains(s, "social security") ||
			strings.HasSuffix(s, " id"):
			return "national-id"
		}
	}
	return "other"
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

