package ru

import (
	"fmt"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// builder turns one Субъект into a record.
type builder struct {
	*reader
	node    *list.Node
	path    string
	rec     record.Record
	listing record.Listing
}

func (b *builder) note(at, format string, args ...any) {
	b.warn(b.node.Line, b.path+"/"+at, format, args...)
}

func (b *builder) day(text, at string) date.Partial {
	return b.date(text, b.node.Line, b.path+"/"+at)
}

// build reads what both lists say of a subject. decisions tells which table
// of subject types holds.
func (b *builder) build(decisions bool) (record.Record, error) {
	n := b.node
	b.rec = record.Record{Source: sourceID, File: b.file, Line: n.Line, Element: b.path}
	b.listing = record.Listing{Authority: authority, At: "Субъект"}
	if err := b.kind(decisions); err != nil {
		return record.Record{}, err
	}
	b.person(n.Child("ФЛ"))
	b.firm(n.Child("ЮЛ"))
	for _, a := range n.Child("СписокАдресов").All("Адрес") {
		b.address(a)
	}
	if len(b.rec.Names) == 0 {
		return record.Record{}, fault.At(fault.Place{File: b.file, Line: n.Line, Element: b.path}, "the subject %s has no name", b.key())
	}
	for _, name := range []string{"Примечание", "РешениеПоСубъекту"} {
		if t := n.Value(name); t != "" {
			b.rec.Remarks = append(b.rec.Remarks, record.Text{Role: name, Text: t, At: name})
		}
	}
	switch t := n.Value("Террорист"); t {
	case "":
	case "1":
		b.listing.Programmes = append(b.listing.Programmes, record.Text{Role: "Террорист", Text: "terrorism", At: "Террорист"})
	case "0":
		b.listing.Programmes = append(b.listing.Programmes, record.Text{Role: "Террорист", Text: "extremism", At: "Террорист"})
	default:
		b.note("Террорист", "unknown value %q", t)
		b.other("Террорист", t, "Террорист")
	}
	b.leftovers(n, inSubject)
	return b.rec, nil
}

// kind follows the element that is there; the code of the type must agree. In
// the decisions 1 is a firm and 2 a person, in the list 1 and 3 are firms and
// 2 and 4 persons, 1 and 2 of them foreign.
func (b *builder) kind(decisions bool) error {
	t := b.node.Child("ТипСубъекта")
	id := t.Value("Идентификатор")
	person, firm := len(b.node.All("ФЛ")) > 0, len(b.node.All("ЮЛ")) > 0
	if person == firm {
		return fault.At(fault.Place{File: b.file, Line: b.node.Line, Element: b.path}, "the subject has both or neither of ФЛ and ЮЛ")
	}
	b.rec.Kind = record.Organisation
	if person {
		b.rec.Kind = record.Person
	}
	if name := t.Value("Наименование"); name != "" {
		b.other("ТипСубъекта", name, "ТипСубъекта/Наименование")
	}
	codes := map[string]bool{"1": false, "2": true}
	if !decisions {
		codes["3"], codes["4"] = false, true
	}
	if says, known := codes[id]; id != "" && (!known || says != person) {
		b.note("ТипСубъекта", "the type %q does not go with the element that is there", id)
		b.other("ТипСубъекта/Идентификатор", id, "ТипСубъекта/Идентификатор")
	}
	return nil
}

func (b *builder) other(role, text, at string) {
	b.rec.Other = append(b.rec.Other, record.Text{Role: role, Text: text, At: at})
}

func (b *builder) name(full string, t record.NameType, script, at string, parts ...record.Part) {
	q := record.Unspecified
	if t == record.Primary {
		q = record.Strong
	}
	// In the published list a star marks terrorism; it is no part of a name.
	bare := strings.TrimSpace(strings.TrimRight(full, "* "))
	if bare == "" {
		return
	}
	n := record.Name{Full: bare, Parts: parts, Type: t, Quality: q, Script: script, At: at}
	if bare != full {
		n.Note = full
	}
	b.rec.Names = append(b.rec.Names, n)
}

func (b *builder) person(n *list.Node) {
	var parts []record.Part
	for _, p := range []struct {
		element string
		role    record.Role
	}{{"Фамилия", record.Family}, {"Имя", record.Given}, {"Отчество", record.Patronymic}} {
		if t := n.Value(p.element); t != "" {
			parts = append(parts, record.Part{Role: p.role, Text: t})
		}
	}
	full := n.Value("ФИО")
	if full == "" {
		var words []string
		for _, p := range parts {
			words = append(words, p.Text)
		}
		full = strings.Join(words, " ")
	}
	b.name(full, record.Primary, "", "ФЛ/ФИО", parts...)
	b.name(n.Value("ФИОЛат"), record.Primary, "Latn", "ФЛ/ФИОЛат")
	for i, other := range n.Child("СписокДрНаименований").All("ДрНаименование") {
		b.otherName(other, fmt.Sprintf("ФЛ/СписокДрНаименований/ДрНаименование[%d]", i+1))
	}
	if birth := b.birth(n, "ФЛ"); birth.At != "" {
		b.rec.Births = append(b.rec.Births, birth)
	}
	b.number(n, "ИНН", "tax", "ФЛ/")
	b.number(n, "СНИЛС", "other", "ФЛ/")
	for _, c := range n.Child("СписокГражданств").All("Гражданство") {
		text := list.Squeeze(c.Text + " " + c.Value("Наименование"))
		if text == "" {
			continue
		}
		code, _ := country.Code(text)
		b.rec.Citizenships = append(b.rec.Citizenships, record.Country{Role: "citizenship", Text: text, Code: code, At: "ФЛ/СписокГражданств/Гражданство"})
	}
	for i, d := range n.Child("СписокДокументов").All("Документ") {
		b.document(d, fmt.Sprintf("ФЛ/СписокДокументов/Документ[%d]", i+1))
	}
}

// otherName reads another name, which may have its own date of birth.
func (b *builder) otherName(n *list.Node, at string) {
	text := n.Value("ФИО")
	if text == "" {
		text = n.Value("Наименование")
	}
	if text == "" {
		text = list.Squeeze(n.Text)
	}
	before := len(b.rec.Names)
	b.name(text, record.Alias, "", at)
	b.name(n.Value("ФИОЛат"), record.Alias, "Latn", at+"/ФИОЛат")
	b.name(n.Value("НаименованиеЛат"), record.Alias, "Latn", at+"/НаименованиеЛат")
	if birth := b.birth(n, at); birth.At != "" {
		for i := before; i < len(b.rec.Names); i++ {
			b.rec.Names[i].Births = []record.Birth{birth}
		}
	}
	b.number(n, "ИНН", "tax", at+"/")
}

// birth reads date, year and place of birth; the year counts where there is no
// date, and is kept where it contradicts the date.
func (b *builder) birth(n *list.Node, at string) record.Birth {
	var out record.Birth
	day, year, place := n.Value("ДатаРождения"), n.Value("ГодРождения"), n.Value("МестоРождения")
	if year == "0" {
		year = ""
	}
	switch {
	case day != "":
		out.Date = b.day(day, at+"/ДатаРождения")
	case year != "":
		out.Date = b.day(year, at+"/ГодРождения")
	}
	if day != "" && year != "" && (!out.Date.Known() || fmt.Sprint(out.Date.From.Y) != year) {
		out.Note = "ГодРождения: " + year
	}
	if place != "" {
		out.Place.Text = place
		out.Place.Code, _ = country.Code(place)
	}
	if day != "" || year != "" || place != "" {
		out.At = at
	}
	return out
}

func (b *builder) firm(n *list.Node) {
	b.name(n.Value("Наименование"), record.Primary, "", "ЮЛ/Наименование")
	b.name(n.Value("НаименованиеЛат"), record.Primary, "Latn", "ЮЛ/НаименованиеЛат")
	for i, other := range n.Child("СписокДрНаименований").All("ДрНаименование") {
		b.otherName(other, fmt.Sprintf("ЮЛ/СписокДрНаименований/ДрНаименование[%d]", i+1))
	}
	b.number(n, "ИНН", "tax", "ЮЛ/")
	b.number(n, "ОГРН", "registration", "ЮЛ/")
	if d := n.Value("ДатаРегистрации"); d != "" {
		b.rec.Dates = append(b.rec.Dates, record.Dated{Role: "founded", Date: b.day(d, "ЮЛ/ДатаРегистрации"), At: "ЮЛ/ДатаРегистрации"})
	}
	if p := n.Value("МестоРегистрации"); p != "" {
		code, _ := country.Code(p)
		b.rec.Countries = append(b.rec.Countries, record.Country{Role: "registration", Text: p, Code: code, At: "ЮЛ/МестоРегистрации"})
	}
}

func (b *builder) number(n *list.Node, element, kind, at string) {
	if v := n.Value(element); v != "" {
		b.rec.Identifiers = append(b.rec.Identifiers, record.Identifier{Type: kind, Number: v, Detail: element, At: at + element})
	}
}

func (b *builder) document(n *list.Node, at string) {
	t := n.Child("ТипДокумента")
	kind := t.Value("Наименование")
	id := record.Identifier{Type: "other", Detail: kind, Issuer: n.Value("ОрганВыдачи"), At: at}
	switch lower := strings.ToLower(kind); {
	case kind == "", strings.Contains(lower, "паспорт"):
		id.Type = "passport"
	case strings.Contains(lower, "удостоверение личности"):
		id.Type = "national-id"
	}
	id.Number = strings.TrimSpace(n.Value("Серия") + " " + n.Value("Номер"))
	if d := n.Value("ДатаВыдачи"); d != "" {
		id.Issued = b.day(d, at+"/ДатаВыдачи")
	}
	id.Note = t.Value("Идентификатор")
	if id.Note != "" {
		id.Note = "ТипДокумента " + id.Note
	}
	if id.Number == "" {
		if text := strings.TrimSpace(kind + " " + id.Issuer + " " + id.Issued.Text); text != "" {
			b.other("Документ", text, at)
		}
		return
	}
	b.rec.Identifiers = append(b.rec.Identifiers, id)
}

func (b *builder) address(n *list.Node) {
	text := n.Value("ТекстАдреса")
	if text == "" {
		text = list.Squeeze(n.Text)
	}
	if text == "" {
		return
	}
	code, _ := country.Code(text)
	b.rec.Addresses = append(b.rec.Addresses, record.Address{Text: text, Code: code, Note: n.Child("ТипАдреса").Value("Наименование"), At: "СписокАдресов/Адрес"})
}
