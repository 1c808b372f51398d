package ofac

import (
	"regexp"
	"strings"
	"unicode"

	"interdict/internal/list"
	"interdict/internal/record"
)

// remarks keeps the remarks of an entry whole and draws the facts out of
// them: statements separated by semicolons, most with a label in front.
func (b *builder) remarks(text, at string) {
	text = list.Squeeze(text)
	if text == "" {
		return
	}
	b.rec.Remarks = append(b.rec.Remarks, record.Text{Role: "remarks", Text: text, At: at})
	for _, s := range statements(text) {
		b.statement(s, at)
	}
}

// statements splits remarks at semicolons, but not inside the quotes of a
// weak alias (single ones, but double in the fixed-width form).
func statements(text string) []string {
	var out []string
	for rest := trimStop(text); rest != ""; {
		end := strings.IndexByte(rest, ';')
		if open := quoteAfter(rest); open > 0 && end > open {
			if shut := closingQuote(rest, open+1); shut > end {
				end = shut + strings.IndexByte(rest[shut:]+";", ';')
			}
		}
		if end < 0 || end > len(rest) {
			end = len(rest)
		}
		s := strings.TrimSpace(rest[:end])
		rest = strings.TrimLeft(rest[min(end+1, len(rest)):], " ")
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

var weakAlias = regexp.MustCompile(`^(?:alt\. )?([afn])\.k\.a\. ['"]`)

// quoteAfter returns the place of the quote that opens a weak alias at the
// start of s, or -1.
func quoteAfter(s string) int {
	if m := weakAlias.FindStringIndex(s); m != nil {
		return m[1] - 1
	}
	return -1
}

// closingQuote finds the quote that ends a weak alias: one before the end, a
// semicolon or a bracket; "O'NEIL" holds another.
func closingQuote(s string, from int) int {
	for i := from; i < len(s); i++ {
		if s[i] != s[from-1] {
			continue
		}
		after := strings.TrimLeft(s[i+1:], " .")
		if after == "" || after[0] == ';' || after[0] == '(' || after[0] == ',' {
			return i
		}
	}
	return -1
}

// trimStop drops the full stop that ends remarks, unless it belongs to an
// abbreviation at the end of a name: OFAC prints "C.V." and "LTD." once.
func trimStop(text string) string {
	s := strings.TrimSuffix(text, ".")
	if s == text {
		return text
	}
	last := s[strings.LastIndexAny(s, " (,;")+1:]
	if dotted.MatchString(last) {
		return text
	}
	switch last {
	case "LTD", "CO", "INC", "CORP", "BHD", "SDN", "STI", "PTE", "PVT", "Ltd", "Co", "Inc", "Corp", "Bhd", "Jr", "Sr":
		return text
	}
	return s
}

var dotted = regexp.MustCompile(`^[A-Za-z]{1,3}(?:\.[A-Za-z]{1,3})+$`) // S.A, C.V, S.p.A

func (b *builder) statement(s, at string) {
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasPrefix(inner, "Linked To") {
		s = inner // the XML prints "(Linked To: X)"
	}
	if open := quoteAfter(s); open > 0 {
		b.weakName(s, open, at)
		return
	}
	bare, alt := strings.CutPrefix(s, "alt. ")
	l, printed, rest, ok := lookup(bare)
	if !ok {
		b.unlabelled(bare, at)
		return
	}
	if l.use == linked && strings.Count(rest, ")") > strings.Count(rest, "(") {
		rest = strings.TrimSuffix(strings.TrimSuffix(rest, "."), ")")
	}
	b.fact(l, fact{label: printed, value: rest, whole: bare, alt: alt, at: at})
}

func (b *builder) weakName(s string, open int, at string) {
	shut := closingQuote(s, open+1)
	if shut < 0 {
		shut = len(strings.TrimRight(s, `'"`))
	}
	kind, note := b.aliasType(s[strings.Index(s, ".k.a.")-1:open], at)
	b.name(s[open+1:shut], kind, record.Weak, joined("; ", note, strings.Trim(s[min(shut+1, len(s)):], " .")), at)
}

// Numbers under a label that is not in the table.
var looksLabelled = regexp.MustCompile(`^([A-Z][A-Za-z.'/() -]{2,50}?(?: No\.?| Number| Code| ID| #)):? +(\S*\d.*)$`)

func (b *builder) unlabelled(s, at string) {
	if m := looksLabelled.FindStringSubmatch(s); m != nil {
		b.fact(label{identifier, "other"}, fact{label: m[1], value: m[2], whole: s, at: at})
	}
}

// fact is one labelled value. Country and dates are given apart in the XML
// formats; in remarks they follow the value.
type fact struct {
	label, value, whole      string
	country, issued, expires string
	note                     string
	alt                      bool
	at                       string
}

// fact adds a labelled value to the record. It reports whether the value
// found a place of its own.
func (b *builder) fact(l label, f fact) bool {
	f.value = list.Squeeze(f.value)
	if f.alt {
		f.note = joined("; ", "alt.", f.note)
	}
	if f.value == "" {
		return false
	}
	switch l.use {
	case birthDate:
		b.rec.Births = append(b.rec.Births, record.Birth{Date: parseDate(f.value), Note: f.note, At: f.at})
	case bornAt:
		b.rec.Births = append(b.rec.Births, record.Birth{Place: birthPlace(f.value), Note: f.note, At: f.at})
	case gender:
		b.rec.Genders = append(b.rec.Genders, record.Text{Text: f.value, At: f.at})
	case nationality:
		b.rec.Nationalities = append(b.rec.Nationalities, tie(l, f))
	case citizenship:
		b.rec.Citizenships = append(b.rec.Citizenships, tie(l, f))
	case countryTie:
		b.rec.Countries = append(b.rec.Countries, tie(l, f))
	case dated:
		b.rec.Dates = append(b.rec.Dates, record.Dated{Role: l.kind, Date: parseDate(f.value), At: f.at})
	case linked:
		b.rec.Links = append(b.rec.Links, record.Link{Role: l.kind, Name: f.value, Note: f.note, At: f.at})
	case measure:
		b.lst.Measures = append(b.lst.Measures, record.Text{Role: f.label, Text: f.value, At: f.at})
	case position:
		b.positions(f.value, f.at)
	case other:
		b.other(l.kind, f.value, f.at)
	case wallet:
		currency, address, _ := strings.Cut(f.value, " ")
		b.identifier(record.Identifier{Type: "wallet", Number: address, Detail: currency}, f)
	case vesselNumber:
		b.vesselNumber(f)
	case identifier:
		return b.numbered(l, f)
	case remark:
		return false
	}
	return true
}

func tie(l label, f fact) record.Country {
	return record.Country{Role: l.kind, Text: f.value, Code: code(f.value), Note: f.note, At: f.at}
}

func (b *builder) vesselNumber(f fact) {
	id := record.Identifier{Type: "registration", Number: f.value, Detail: f.label}
	if strings.Contains(f.label, "IMO") || strings.Contains(f.label, "Maritime") {
		id.Type, id.Number = "imo", strings.Trim(f.value, "()")
	}
	if n, ok := strings.CutPrefix(strings.ToUpper(f.value), "IMO"); ok {
		id.Type, id.Number = "imo", strings.TrimLeft(n, " :#")
	}
	b.identifier(id, f)
}

// numbered adds an identifier. A label without a number after it is no
// identifier ("License revoked"), except for addresses of the net.
func (b *builder) numbered(l label, f fact) bool {
	id := record.Identifier{Type: l.kind, Number: f.value, Detail: f.label}
	switch l.kind {
	case "email", "website":
		id.Number = strings.TrimRight(f.value, ".")
	case "bic", "call-sign":
	default:
		if !strings.ContainsFunc(f.value, unicode.IsDigit) {
			return false
		}
	}
	if l.kind == "phone" {
		id.Number = strings.TrimPrefix(f.value, "No. ")
	}
	if f.country == "" && l.kind != "phone" && l.kind != "website" && l.kind != "email" {
		id.Number, f = suffixes(f)
	}
	b.identifier(id, f)
	return true
}

func (b *builder) identifier(id record.Identifier, f fact) {
	id.Country, id.Code = f.country, code(f.country)
	id.Issued, id.Expires = parseDate(f.issued), parseDate(f.expires)
	id.Note, id.At = f.note, f.at
	if id.Number == "" {
		id.Number = f.value
	}
	b.rec.Identifiers = append(b.rec.Identifiers, id)
}

var (
	expires   = regexp.MustCompile(`^(.*?),? expires? ((?:circa )?(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4})$`)
	issued    = regexp.MustCompile(`^(.*?),? issued ((?:circa )?(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4})$`)
	inBracket = regexp.MustCompile(`^(.*\S) \(([^()]*[A-Za-z][^()]*(?:\([^()]*\))?)\)$`)
)

// suffixes takes "(Country) issued <date> expires <date>" off a number.
func suffixes(f fact) (string, fact) {
	number := f.value
	if m := expires.FindStringSubmatch(number); m != nil {
		number, f.expires = m[1], m[2]
	}
	if m := issued.FindStringSubmatch(number); m != nil {
		number, f.issued = m[1], m[2]
	}
	if m := inBracket.FindStringSubmatch(number); m != nil && isCountry(m[2]) {
		number, f.country = m[1], m[2]
	}
	return number, f
}

// isCountry tells "(Iran)" and "(undetermined)" from brackets that belong to
// a number.
func isCountry(s string) bool {
	return code(s) != "" || !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsDigit(r) }) && len(s) > 3
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
