package eu

import (
	"regexp"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
)

var (
	unReference   = regexp.MustCompile(`\b(?:[A-Z]{2,3}[ie]\.\d{3}|[QT][IE]\.[A-Z]\.\d{1,3}\.\d{2})\b`)
	unDesignation = regexp.MustCompile(`(?i)date of UN designation(?: referred to in [^:)]*)?:? *([\d./-]+|\d{1,2} \w+ \d{4})`)
	euDesignation = regexp.MustCompile(`(?i)date of designation referred to in [^:]*: *([\d./-]+|\d{1,2} \w+ \d{4})`)
)

// hidden are the identifiers that remarks print in words of their own.
var hidden = []struct {
	kind, detail string
	find         *regexp.Regexp
}{
	{"imo", "IMO number", regexp.MustCompile(`(?i)\bIMO(?: number| no\.?)?:? ?(\d{7})\b`)},
	{"bic", "SWIFT/BIC", regexp.MustCompile(`\bSWIFT(?:/BIC)?(?: [Cc]ode)?:? ?([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b`)},
	{"tax", "INN", regexp.MustCompile(`\b(?:INN|ИНН)(?: number| no\.?)?:? ?(\d{10}(?:\d{2})?)\b`)},
	{"registration", "OGRN", regexp.MustCompile(`\b(?:OGRN|ОГРН)(?: number| no\.?)?:? ?(\d{13}(?:\d{2})?)\b`)},
	{"email", "email", regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)},
	{"passport", "passport", regexp.MustCompile(`(?i)\bpassport (?:number|no\.?|#):? ?([A-Z]{0,3}[- ]?\d{3}[A-Z0-9/-]*)`)},
}

func (r *reader) remark(b *block) {
	text := b.fields.take("text")
	if text == "" {
		return
	}
	r.rec.Remarks = append(r.rec.Remarks, record.Text{Role: "remark", Text: text, At: b.at})
	r.found(text, b.at)
}

// found draws out of a remark what is hidden in it; the remark itself stays.
func (r *reader) found(text, at string) {
	for _, ref := range unReference.FindAllString(text, -1) {
		r.also(ref, at)
	}
	for _, d := range []struct {
		role string
		find *regexp.Regexp
	}{{"UN designation", unDesignation}, {"designation", euDesignation}} {
		for _, m := range d.find.FindAllStringSubmatch(text, -1) {
			if p, err := date.Parse(strings.TrimRight(m[1], ".-/")); err == nil && r.once(d.role, p.String()) {
				r.lst.History = append(r.lst.History, record.Dated{Role: d.role, Date: p, At: at})
			}
		}
	}
	for _, h := range hidden {
		for _, m := range h.find.FindAllStringSubmatch(text, -1) {
			r.rec.Identifiers = append(r.rec.Identifiers, record.Identifier{Type: h.kind, Detail: h.detail, Number: m[len(m)-1], At: at})
		}
	}
}

func (r *reader) also(ref, at string) {
	if r.once("un", ref) {
		r.lst.Also = append(r.lst.Also, record.Reference{Source: "un", Value: ref, At: at})
	}
}

func (r *reader) unitedNations() {
	for _, ref := range strings.FieldsFunc(r.fields.take("unitedNationId"), func(c rune) bool { return strings.ContainsRune(" ,;/", c) }) {
		r.also(strings.TrimRight(ref, "."), "@unitedNationId")
	}
}

// regulation reads the regulation of the entity, or, under a prefix, the one
// that brought a child of it.
func (r *reader) regulation(b *block, prefix string) {
	f, at := &b.fields, b.at
	title := f.take(prefix + "numberTitle")
	kind := strings.Join(nonEmpty(f.take(prefix+"regulationType"), f.take(prefix+"organisationType")), " ")
	published := r.date(f.take(prefix+"publicationDate"), at+"/@"+prefix+"publicationDate")
	inForce := r.date(f.take(prefix+"entryIntoForceDate"), at+"/@"+prefix+"entryIntoForceDate")
	programme, url := f.take(prefix+"programme"), f.take(prefix+"publicationUrl")
	if programme != "" && r.once("programme", programme) {
		r.lst.Programmes = append(r.lst.Programmes, record.Text{Text: programme, At: at})
	}
	if title != "" && r.once("title", title, kind) {
		r.lst.LegalBases = append(r.lst.LegalBases, record.Text{Role: kind, Text: title, At: at})
	}
	if url != "" && r.once("url", url) {
		r.lst.LegalBases = append(r.lst.LegalBases, record.Text{Role: "url", Text: url, At: at})
	}
	if published.Known() {
		r.dates = append(r.dates, published)
	}
	if prefix != "" {
		return
	}
	r.lst.InForce = earlier(r.lst.InForce, inForce)
	if !inForce.Known() {
		inForce = published
	}
	r.lst.ListedOn = earlier(r.lst.ListedOn, inForce)
	for _, s := range f.all("remark") {
		r.rec.Remarks = append(r.rec.Remarks, record.Text{Role: "regulation", Text: s, At: at})
		r.found(s, at)
	}
}

// earlier returns the earlier of two dates of which either may be unknown.
func earlier(a, b date.Partial) date.Partial {
	if !a.Known() || b.Known() && b.From.Compare(a.From) < 0 {
		return b
	}
	return a
}

// listing completes the listing once all blocks are read.
func (r *reader) listing() {
	if text := r.fields.take("designationDetails"); text != "" {
		r.lst.Reasons = append(r.lst.Reasons, record.Text{Role: "designationDetails", Text: text, At: "@designationDetails"})
		r.found(text, "@designationDetails")
	}
	designated := r.date(r.fields.take("designationDate"), "@designationDate")
	switch {
	case designated.Known() && (!r.lst.ListedOn.Known() || designated.From.Compare(r.lst.ListedOn.From) < 0):
		r.lst.ListedOn = designated
	case designated.Known():
		r.lst.History = append(r.lst.History, record.Dated{Role: "designation", Date: designated, At: "@designationDate"})
	case designated.Text != "":
		r.keep("designationDate", designated.Text, "@designationDate")
	}
	slices.SortStableFunc(r.dates, func(a, b date.Partial) int { return a.From.Compare(b.From) })
	for _, p := range r.dates {
		if r.lst.ListedOn.Known() && p.From.Compare(r.lst.ListedOn.From) > 0 && r.once("updated", p.From.String()) {
			r.lst.Updated = append(r.lst.Updated, p)
		}
	}
}
