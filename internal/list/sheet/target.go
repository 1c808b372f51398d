package sheet

import (
	"maps"
	"slices"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

// target is a place in a record that a column can go to.
type target struct {
	put   func(e *entry, c *Column, v value)
	as    []string // words allowed in as; nil: any
	words []string // words allowed on the right of map; nil: any
}

// value is one value of a cell with the place it came from.
type value struct{ text, at string }

var (
	grammars      = map[string]date.Grammar{"dmy": date.DMY, "mdy": date.MDY, "century19": date.Century19, "century20": date.Century20}
	nameTypes     = []string{"primary", "alias", "former"}
	nameQualities = []string{"strong", "unspecified", "former", "weak", "unknown"}
	kinds         = []string{"person", "organisation", "vessel", "aircraft", "wallet", "unknown"}
	parts         = []string{
		"given", "middle", "family", "maiden", "patronymic", "matronymic", "father", "grandfather",
		"tribal", "suffix", "title", "nickname", "whole", "other",
	}
	identifiers = []string{
		"passport", "national-id", "tax", "registration", "imo", "mmsi", "call-sign", "bic", "lei",
		"wallet", "email", "phone", "website", "account", "other",
	}
	places = []string{"street", "city", "region", "postcode", "country"}
)

var targets map[string]target

// The table refers to functions that refer to it: Go needs it filled late.
func init() {
	targets = map[string]target{
		"name":          {put: putName(record.Primary, record.Strong)},
		"alias":         {put: putName(record.Alias, record.Unspecified)},
		"former":        {put: putName(record.Former, record.FormerName)},
		"name.part":     {put: putPart, as: parts},
		"kind":          {put: putKind, words: kinds},
		"birth.date":    {put: putBirthDate},
		"birth.place":   {put: putBirthPlace},
		"birth.country": {put: putBirthCountry},
		"death":         {put: putDeath},
		"date":          {put: putDate},
		"gender":        {put: text(func(e *entry) *[]record.Text { return &e.Genders })},
		"title":         {put: text(func(e *entry) *[]record.Text { return &e.Titles })},
		"position":      {put: text(func(e *entry) *[]record.Text { return &e.Positions })},
		"remark":        {put: text(func(e *entry) *[]record.Text { return &e.Remarks })},
		"other":         {put: putOther},
		"nationality":   {put: putCountry(func(e *entry) *[]record.Country { return &e.Nationalities })},
		"citizenship":   {put: putCountry(func(e *entry) *[]record.Country { return &e.Citizenships })},
		"country":       {put: putCountry(func(e *entry) *[]record.Country { return &e.Countries })},
		"address":       {put: putAddress},
		"address.part":  {put: putAddressPart, as: places},
		"identifier":    {put: putIdentifier, as: identifiers},
		"link":          {put: putLink},
		"reference":     {put: putReference},
		"former_ref":    {put: func(e *entry, _ *Column, v value) { e.listing.Former = append(e.listing.Former, v.text) }},
		"also":          {put: putAlso},
		"authority":     {put: func(e *entry, _ *Column, v value) { e.listing.Authority = v.text }},
		"status":        {put: putStatus, words: []string{"active", "ended"}},
		"listed":        {put: day(func(l *record.Listing) *date.Partial { return &l.ListedOn })},
		"in_force":      {put: day(func(l *record.Listing) *date.Partial { return &l.InForce })},
		"delisted":      {put: putDelisted},
		"updated":       {put: days(func(l *record.Listing) *[]date.Partial { return &l.Updated })},
		"reviewed":      {put: days(func(l *record.Listing) *[]date.Partial { return &l.Reviewed })},
		"history":       {put: putHistory},
		"programme":     {put: text(func(e *entry) *[]record.Text { return &e.listing.Programmes })},
		"legal_basis":   {put: text(func(e *entry) *[]record.Text { return &e.listing.LegalBases })},
		"measure":       {put: text(func(e *entry) *[]record.Text { return &e.listing.Measures })},
		"reason":        {put: text(func(e *entry) *[]record.Text { return &e.listing.Reasons })},
		"flag":          {put: putFlag},
	}
}

func targetNames() string { return strings.Join(slices.Sorted(maps.Keys(targets)), ", ") }

// mapped returns the word that the column's table gives for v. Where there is
// a table and no word, it warns and keeps the value in Other.
func (e *entry) mapped(c *Column, v value) (string, bool) {
	if len(c.Map) == 0 {
		return v.text, true
	}
	if w, ok := c.words[token(v.text)]; ok {
		return w, true
	}
	e.warn(v, "%q is not in the table of column %q", v.text, c.Name)
	e.Other = append(e.Other, record.Text{Role: c.Name, Text: v.text, At: v.at})
	return "", false
}

func putName(t record.NameType, q record.Quality) func(*entry, *Column, value) {
	return func(e *entry, c *Column, v value) {
		n := record.Name{Full: v.text, Type: t, Quality: q, Script: c.Script, Language: c.Language, At: v.at}
		if w := e.choose(c.Type, v); w != "" {
			n.Type = record.NameType(w)
			switch n.Type {
			case record.Alias:
				n.Quality = record.Unspecified
			case record.Former:
				n.Quality = record.FormerName
			}
		}
		if w := e.choose(c.Quality, v); w != "" {
			n.Quality = record.Quality(w)
		}
		// A list that gives one name column and splits it prints the name
		// first and other names after it.
		if n.Type == record.Primary && e.named[c] {
			n.Type, n.Quality = record.Alias, record.Unspecified
		}
		if len(c.Split) > 0 {
			e.named[c] = true
		}
		e.Names = append(e.Names, n)
	}
}

// choose returns the value of a choice for this row, "" if it says nothing.
func (e *entry) choose(c Choice, v value) string {
	if c.From == "" {
		return c.Value
	}
	said := e.cell(c.From)
	if w, ok := c.words[token(said)]; ok {
		return w
	}
	if said != "" {
		e.warn(v, "%q in column %q is not in its table", said, c.From)
	}
	return c.Value
}

func putPart(e *entry, c *Column, v value) {
	e.parts = append(e.parts, record.Part{Role: record.Role(c.As), Text: v.text})
	e.partsAt = append(e.partsAt, v.at)
}

func putKind(e *entry, c *Column, v value) {
	w, ok := e.mapped(c, v)
	if !ok {
		return
	}
	k, ok := kind(strings.ToLower(w))
	if !ok {
		e.warn(v, "%q is no kind of subject", v.text)
		e.Other = append(e.Other, record.Text{Role: c.Name, Text: v.text, At: v.at})
		return
	}
	e.Kind = k
}

func putDeath(e *entry, c *Column, v value) {
	for _, d := range e.dates(c, v) {
		e.Deaths = append(e.Deaths, record.Dated{Role: "death", Date: d, At: v.at})
	}
}

func putDate(e *entry, c *Column, v value) {
	for _, d := range e.dates(c, v) {
		e.Dates = append(e.Dates, record.Dated{Role: c.As, Date: d, At: v.at})
	}
}

func putHistory(e *entry, c *Column, v value) {
	for _, d := range e.dates(c, v) {
		e.listing.History = append(e.listing.History, record.Dated{Role: c.role(), Date: d, At: v.at})
	}
}

// role is the list's own word for what a column holds.
func (c *Column) role() string {
	if c.As != "" {
		return c.As
	}
	return c.Name
}

func text(field func(*entry) *[]record.Text) func(*entry, *Column, value) {
	return func(e *entry, c *Column, v value) {
		w := v.text
		if len(c.Map) > 0 {
			var ok bool
			if w, ok = e.mapped(c, v); !ok {
				return
			}
		}
		to := field(e)
		*to = append(*to, record.Text{Role: c.As, Text: w, At: v.at})
	}
}

func putOther(e *entry, c *Column, v value) {
	e.Other = append(e.Other, record.Text{Role: c.role(), Text: v.text, At: v.at})
}

func putCountry(field func(*entry) *[]record.Country) func(*entry, *Column, value) {
	return func(e *entry, c *Column, v value) {
		to := field(e)
		for _, text := range countries(v.text) {
			x := record.Country{Role: c.As, Text: text, Code: code(text), At: v.at}
			if w, ok := c.words[token(text)]; ok {
				x.Code = code(w)
			}
			*to = append(*to, x)
		}
	}
}

// countries splits "Syria, Jordan" and the like where the whole is no country
// and every part is one: "Korea, Republic of" stays.
func countries(text string) []string {
	if code(text) != "" {
		return []string{text}
	}
	for _, sep := range []string{",", "/", " and ", " و "} {
		parts := strings.Split(text, sep)
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return code(p) == "" }) {
			return parts
		}
	}
	return []string{text}
}

func code(text string) string {
	c, _ := country.Code(text)
	return c
}

func putAddress(e *entry, c *Column, v value) {
	e.Addresses = append(e.Addresses, record.Address{Text: v.text, Note: c.As, At: v.at})
}

func putAddressPart(e *entry, c *Column, v value) {
	a := &e.address
	to := map[string]*string{"street": &a.Street, "city": &a.City, "region": &a.Region, "postcode": &a.PostCode, "country": &a.Country}[c.As]
	if *to != "" {
		*to += ", "
	}
	*to += v.text
	if a.At == "" {
		a.At = v.at
	}
}

func putIdentifier(e *entry, c *Column, v value) {
	title, _, _ := strings.Cut(v.at, "@row ")
	e.Identifiers = append(e.Identifiers, record.Identifier{Type: c.As, Number: v.text, Detail: title, At: v.at})
}

func putLink(e *entry, c *Column, v value) {
	e.Links = append(e.Links, record.Link{Role: c.role(), Name: v.text, At: v.at})
}

func putReference(e *entry, c *Column, v value) {
	if e.listing.Reference != "" {
		e.Other = append(e.Other, record.Text{Role: c.role(), Text: v.text, At: v.at})
		return
	}
	e.listing.Reference = v.text
}

func putAlso(e *entry, c *Column, v value) {
	e.listing.Also = append(e.listing.Also, record.Reference{Source: c.Source, Value: strings.TrimRight(v.text, ". "), At: v.at})
}

func putStatus(e *entry, c *Column, v value) {
	if w, ok := e.mapped(c, v); ok {
		e.listing.Ended = w == "ended"
	}
}

func day(field func(*record.Listing) *date.Partial) func(*entry, *Column, value) {
	return func(e *entry, c *Column, v value) {
		got := e.dates(c, v)
		for i, d := range got {
			if to := field(&e.listing); i == 0 && to.IsZero() {
				*to = d
				continue
			}
			e.listing.History = append(e.listing.History, record.Dated{Role: c.role(), Date: d, At: v.at})
		}
	}
}

func putDelisted(e *entry, c *Column, v value) {
	day(func(l *record.Listing) *date.Partial { return &l.Delisted })(e, c, v)
	e.listing.Ended = true
}

func days(field func(*record.Listing) *[]date.Partial) func(*entry, *Column, value) {
	return func(e *entry, c *Column, v value) {
		to := field(&e.listing)
		*to = append(*to, e.dates(c, v)...)
	}
}

var (
	yes = []string{"true", "yes", "y", "1", "x"}
	no  = []string{"false", "no", "n", "0"}
)

// putFlag makes a measure of a column that says yes or no.
func putFlag(e *entry, c *Column, v value) {
	switch said := token(v.text); {
	case slices.Contains(no, said):
	case slices.Contains(yes, said):
		e.listing.Measures = append(e.listing.Measures, record.Text{Text: c.role(), At: v.at})
	default:
		e.listing.Measures = append(e.listing.Measures, record.Text{Text: c.role() + ": " + list.Squeeze(v.text), At: v.at})
	}
}
