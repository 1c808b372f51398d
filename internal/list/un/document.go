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
		r.documentName(note, at+"/NOTE")
		if id.Number == "" {
			r.numberless(id, kind2, note)
			return
		}
		bareNumber(&id)
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
			words, number := numberIn(part)
			if number == "" {
				continue
			}
			one := id
			one.Number = number
			if t := documentType(words, ""); t != "other" {
				one.Type = t
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

// clauses begin what a document's note tells besides its number; the digits
// after them are dates and addresses.
var clauses = []string{"issued", "dated", "expire", "expiring", "expiration", "valid", "born", "under", "made", "revoked", "date"}

// numberIn finds the first number in a wording like "Tunisian passport number
// L 191609 issued on ..": a word with three digits or more, the letters of a
// series before it, and further digits after a hyphen at its end.
func numberIn(text string) (words, number string) {
	fields := strings.Fields(text)
	for i, f := range fields {
		low := strings.ToLower(strings.Trim(f, "(,;"))
		for _, c := range clauses {
			if strings.HasPrefix(low, c) {
				return text, ""
			}
		}
		if digits(f) < 3 {
			continue
		}
		from, to := i, i+1
		if i > 0 && seriesLetters.MatchString(fields[i-1]) {
			from--
		}
		for to < len(fields) && strings.HasSuffix(fields[to-1], "-") && digits(fields[to]) > 0 {
			to++
		}
		return strings.Join(fields[:from], " "), strings.Trim(strings.Join(fields[from:to], " "), " .,;:()")
	}
	return text, ""
}

func digits(s string) int {
	n := 0
	for _, c := range s {
		if '0' <= c && c <= '9' {
			n++
		}
	}
	return n
}

var (
	seriesLetters = regexp.MustCompile(`^[A-Z]{1,2}-?$`)
	namedIn       = regexp.MustCompile(`(?:\bunder (?:the )?name(?: of)?|\bin the name of|\bname in [A-Z][a-z]+ script:) ([^,;()]+)`)
	issuedOn      = regexp.MustCompile(`(?i)\b(?:issued|dated)\b[^,;()0-9]*?(?:on |dated |in )?(\d{1,2} [A-Z][a-z]+\.? ?\d{4}|[A-Z][a-z]{2,8}\.? \d{4}|\d{4})\b`)
	expiresOn     = regexp.MustCompile(`(?i)\b(?:expir(?:ed|es|ing|y|ation)(?: date)?|valid until)\b[: ]*(?:on )?(\d{1,2} [A-Z][a-z]+\.? ?\d{4}|[A-Z][a-z]{2,8}\.? \d{4}|\d{4})\b`)
	numberWord    = regexp.MustCompile(`(?i)^(?:number|no|nr|#)[:. ]+(\S.*)$`)
)

// bareNumber drops the words "number" and "No." before a number, and moves
// the words of a type there to the detail ("French identity card number 12").
func bareNumber(id *record.Identifier) {
	if m := numberWord.FindStringSubmatch(id.Number); m != nil && digits(m[1]) > 0 {
		id.Number = m[1]
		return
	}
	if words, number, ok := strings.Cut(id.Number, " number "); ok && digits(words) == 0 && digits(number) > 2 {
		id.Detail, id.Number = joined(", ", id.Detail, words+" number"), number
	}
}

// documentName keeps the name that a document was issued under: the list says
// nothing of its quality.
func (r *reader) documentName(note, at string) {
	for _, m := range namedIn.FindAllStringSubmatch(note, -1) {
		r.rec.Names = append(r.rec.Names, record.Name{
			Full: strings.Trim(m[1], " ."), Type: record.Alias, Quality: record.UnknownQual, Script: scriptOf(m[1]), Note: note, At: at,
		})
	}
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
