package ru

import (
	"fmt"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

// key is the list's number of the subject; without one, its name and birth.
func (b *builder) key() string {
	for _, name := range []string{"УникальныйНомер", "ИдСубъекта"} {
		if id := b.node.Value(name); id != "" {
			return id
		}
	}
	name := b.rec.PrimaryName()
	if len(b.rec.Births) > 0 {
		name += ", " + b.rec.Births[0].Date.String()
	}
	return name
}

// decided makes the decision the listing of the subject.
func (b *builder) decided(n *list.Node, revoked bool) {
	l := &b.listing
	l.Reference = n.Value("НомерРешения")
	if d := n.Value("ДатаРешения"); d != "" {
		l.ListedOn = b.day(d, "ДатаРешения")
	}
	if a := n.Value("Орган"); a != "" {
		l.Authority = a
	}
	for _, name := range []string{"ТипРешения", "ВидРешения"} {
		c := n.Child(name)
		text := strings.TrimSpace(list.Squeeze(c.Text) + " " + c.Value("Наименование"))
		if id := c.Value("Идентификатор"); text == "" {
			text = id
		}
		if text != "" {
			l.Programmes = append(l.Programmes, record.Text{Role: name, Text: text, At: name})
		}
	}
	if t := b.node.Value("РешениеПоСубъекту"); t != "" {
		l.Measures = append(l.Measures, record.Text{Text: t, At: "РешениеПоСубъекту"})
	}
	l.Ended = revoked
}

// history reads when the subject came on the list, was changed and left it.
func (b *builder) history(excluded bool) {
	l := &b.listing
	h := b.node.Child("История")
	l.Reference = b.node.Value("УникальныйНомер")
	if l.Reference == "" {
		l.Reference = b.node.Value("ИдСубъекта")
	} else if id := b.node.Value("ИдСубъекта"); id != "" {
		b.other("ИдСубъекта", id, "ИдСубъекта")
	}
	l.LegalBases = []record.Text{{Text: "115-ФЗ, статья 6", At: "Субъект"}}
	for _, c := range h.Children {
		if c.Text == "" {
			continue
		}
		at := "История/" + c.Name
		d := b.day(c.Text, at)
		switch c.Name {
		case "ДатаВключения":
			if l.ListedOn.IsZero() {
				l.ListedOn = d
			}
		case "ДатаИзменения", "ДатаМодификации":
			l.Updated = append(l.Updated, d)
		case "ДатаИсключения":
			l.Delisted, l.Ended = d, true
		default:
			b.note(at, "unknown element, kept as a date of the history")
		}
		l.History = append(l.History, record.Dated{Role: c.Name, Date: d, At: at})
	}
	b.included(l)
	if excluded {
		l.Ended = true
	}
}

// included lifts an exclusion that a later inclusion follows.
func (b *builder) included(l *record.Listing) {
	var last date.Partial
	for _, h := range l.History {
		if h.Role == "ДатаВключения" && h.Date.From.Compare(last.From) > 0 {
			last = h.Date
		}
	}
	if l.Ended && last.From.Compare(l.Delisted.From) > 0 {
		l.Ended, l.Delisted, l.ListedOn = false, date.Partial{}, last
	}
}

func (b *builder) finish() record.Record {
	b.rec.Key = b.key()
	if b.listing.Reference == "" {
		b.listing.Reference = b.rec.Key
	}
	key := b.rec.Key
	b.keys[key]++
	if n := b.keys[key]; n > 1 {
		b.note("ИдСубъекта", "key %q is used %d times in the edition", key, n)
		b.rec.Key = fmt.Sprintf("%s#%d", key, n)
	}
	b.rec.Listings = []record.Listing{b.listing}
	return b.rec
}

// Paths that the reader understands, below a subject and below a decision.
var (
	inSubject = paths(`ИдСубъекта УникальныйНомер ТипСубъекта/Идентификатор ТипСубъекта/Наименование Террорист Примечание РешениеПоСубъекту
		ФЛ/ФИО ФЛ/ФИОЛат ФЛ/Фамилия ФЛ/Имя ФЛ/Отчество ФЛ/ДатаРождения ФЛ/ГодРождения ФЛ/МестоРождения ФЛ/ИНН ФЛ/СНИЛС
		ФЛ/СписокГражданств/Гражданство ФЛ/СписокГражданств/Гражданство/Наименование
		ФЛ/СписокДрНаименований/ДрНаименование ФЛ/СписокДрНаименований/ДрНаименование/ФИО ФЛ/СписокДрНаименований/ДрНаименование/ФИОЛат
		ФЛ/СписокДрНаименований/ДрНаименование/Наименование ФЛ/СписокДрНаименований/ДрНаименование/ДатаРождения
		ФЛ/СписокДрНаименований/ДрНаименование/ГодРождения ФЛ/СписокДрНаименований/ДрНаименование/МестоРождения
		ФЛ/СписокДокументов/Документ/ТипДокумента/Идентификатор ФЛ/СписокДокументов/Документ/ТипДокумента/Наименование
		ФЛ/СписокДокументов/Документ/Серия ФЛ/СписокДокументов/Документ/Номер ФЛ/СписокДокументов/Документ/ДатаВыдачи
		ФЛ/СписокДокументов/Документ/ОрганВыдачи
		ЮЛ/Наименование ЮЛ/НаименованиеЛат ЮЛ/ИНН ЮЛ/ОГРН ЮЛ/ДатаРегистрации ЮЛ/МестоРегистрации
		ЮЛ/СписокДрНаименований/ДрНаименование ЮЛ/СписокДрНаименований/ДрНаименование/Наименование
		ЮЛ/СписокДрНаименований/ДрНаименование/НаименованиеЛат ЮЛ/СписокДрНаименований/ДрНаименование/ИНН
		СписокАдресов/Адрес СписокАдресов/Адрес/ТекстАдреса СписокАдресов/Адрес/ТипАдреса/Наименование`)
	inDecision = paths(`ТипРешения ТипРешения/Идентификатор ТипРешения/Наименование ВидРешения ВидРешения/Идентификатор ВидРешения/Наименование
		НомерРешения ДатаРешения Орган`)
)

func paths(text string) map[string]bool {
	out := map[string]bool{}
	for _, p := range strings.Fields(text) {
		out[p] = true
	}
	return out
}

// leftovers keeps what is not understood. The history of a subject and the
// subjects of a decision are read by their own functions.
func (b *builder) leftovers(n *list.Node, known map[string]bool) {
	list.Leftovers(n, func(path string) bool {
		return known[path] || strings.HasPrefix(path, "История/") || strings.HasPrefix(path, "СписокСубъектов/") ||
			(n.Name != "Субъект" && strings.HasPrefix(path, "Субъект/"))
	}, func(path, value string) {
		b.note(path, "unknown element, kept as it stands")
		b.other(path, value, path)
	})
}
