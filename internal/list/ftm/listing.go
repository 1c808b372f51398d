package ftm

import (
	"regexp"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
)

// sanction reads a listing. One without an end, or that ends after the object
// was last seen, is in force.
func (r *reader) sanction(p *object) {
	c := &cursor{object: p}
	l := record.Listing{At: p.place(), Authority: c.one("authority")}
	ids := c.all("authorityId")
	if len(ids) > 0 {
		l.Reference, l.Former = ids[0], nil
		for _, id := range ids[1:] {
			r.keep("Sanction/authorityId", id, p.place()+"/authorityId")
		}
	}
	for _, id := range c.all("unscId") {
		l.Also = append(l.Also, record.Reference{Source: "un", Value: id, At: p.place() + "/unscId"})
	}
	texts := func(prop string) []record.Text {
		var out []record.Text
		for _, v := range c.all(prop) {
			out = append(out, record.Text{Role: prop, Text: v, At: p.place() + "/" + prop})
		}
		return out
	}
	l.Programmes = slices.Concat(texts("programId"), texts("program"))
	l.LegalBases = slices.Concat(texts("programUrl"), texts("sourceUrl"))
	l.Measures, l.Reasons = slices.Concat(texts("provisions"), texts("status")), texts("reason")
	l.ListedOn = r.date(c.first("listingDate"), p.place()+"/listingDate")
	l.InForce = r.date(c.first("startDate"), p.place()+"/startDate")
	for _, v := range c.all("modifiedAt") {
		l.Updated = append(l.Updated, r.date(v, p.place()+"/modifiedAt"))
	}
	if ends := c.all("endDate"); len(ends) > 0 {
		l.Delisted = r.date(slices.Max(ends), p.place()+"/endDate")
		seen, err := date.Parse(r.lastSeen)
		l.Ended = err == nil && seen.Known() && l.Delisted.Known() && l.Delisted.To.Compare(seen.From) <= 0
	}
	r.rec.Listings = append(r.rec.Listings, l)
	r.left(c)
}

// listings completes the listings of a record: an object without a sanction
// has one by its datasets.
func (r *reader) listings() {
	if len(r.rec.Listings) == 0 {
		r.rec.Listings = []record.Listing{{Authority: strings.Join(r.datasets, ", "), At: "datasets"}}
		for i, t := range r.props["topics"] {
			r.rec.Listings[0].Measures = append(r.rec.Listings[0].Measures, record.Text{Role: "topics", Text: t, At: at("topics", i)})
		}
	}
	first := &r.rec.Listings[0]
	for _, prop := range []string{"programId", "program"} {
		for i, v := range r.props[prop] {
			if !slices.ContainsFunc(first.Programmes, func(t record.Text) bool { return t.Text == v }) {
				first.Programmes = append(first.Programmes, record.Text{Role: prop, Text: v, At: at(prop, i)})
			}
		}
	}
	for i, v := range r.props["createdAt"] {
		first.History = append(first.History, record.Dated{Role: "createdAt", Date: r.date(v, at("createdAt", i)), At: at("createdAt", i)})
	}
	for i, v := range r.props["modifiedAt"] {
		first.Updated = append(first.Updated, r.date(v, at("modifiedAt", i)))
	}
	for i, id := range r.referents {
		if ref, ok := reference(id); ok {
			ref.At = at("referents", i)
			first.Also = append(first.Also, ref)
			continue
		}
		r.keep("referents", id, at("referents", i))
	}
	if r.target == "false" {
		first.Measures = append(first.Measures, record.Text{Role: "target", Text: "linked, not a target", At: "target"})
	}
}

// known ids of other lists among the ids that were merged into an object.
var referents = []struct {
	source string
	find   *regexp.Regexp
	write  func(m []string) string
}{
	{"eu", regexp.MustCompile(`^eu-fsf-eu-(\d+)-(\d+)$`), func(m []string) string { return "EU." + m[1] + "." + m[2] }},
	{"ofac", regexp.MustCompile(`^ofac-(\d+)$`), func(m []string) string { return m[1] }},
	{"uk", regexp.MustCompile(`^gb-hmt-(\d+)$`), func(m []string) string { return m[1] }},
	{"uk", regexp.MustCompile(`^gb-fcdo-([a-z]{3}\d+)$`), func(m []string) string { return strings.ToUpper(m[1]) }},
	{"ch", regexp.MustCompile(`^ch-seco-(\d+)$`), func(m []string) string { return m[1] }},
	{"un", regexp.MustCompile(`^unsc-(\d+)$`), func(m []string) string { return m[1] }},
}

func reference(id string) (record.Reference, bool) {
	for _, k := range referents {
		if m := k.find.FindStringSubmatch(id); m != nil {
			return record.Reference{Source: k.source, Value: k.write(m)}, true
		}
	}
	return record.Reference{}, false
}
