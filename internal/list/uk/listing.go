package uk

import (
	"html"
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
)

// listing gathers what one row or designation says of the act. A subject
// under two regimes has two listings; dates of amendment are collected.
func (b *builder) listing(p piece) {
	regime, listed := p.get("regime"), p.get("listed")
	var l *record.Listing
	for i := range b.listings {
		o := &b.listings[i]
		if len(o.Programmes) > 0 && o.Programmes[0].Text == regime && o.ListedOn.Text == listed {
			l = o
		}
	}
	if l == nil {
		b.listings = append(b.listings, record.Listing{
			Authority:  b.authority,
			ListedOn:   b.date(listed, p.where("listed")),
			Programmes: []record.Text{{Text: regime, At: p.where("regime")}},
			At:         p.at,
		})
		l = &b.listings[len(b.listings)-1]
		if strings.Contains(regime, "Regulations") || strings.Contains(regime, " Act ") {
			l.LegalBases = []record.Text{{Text: regime, At: p.where("regime")}}
		}
	}
	l.Updated = addDate(l.Updated, b.date(p.get("updated"), p.where("updated")))
	if uk := b.date(p.get("uk"), p.where("uk")); !uk.IsZero() {
		l.History = addDated(l.History, record.Dated{Role: "UK Sanctions List date designated", Date: uk, At: p.where("uk")})
	}
	for m := range strings.SplitSeq(p.get("measures"), "|") {
		l.Measures = addText(l.Measures, record.Text{Text: strings.TrimSpace(m), At: p.where("measures")})
	}
	l.Reasons = addText(l.Reasons, record.Text{Role: "UK statement of reasons", Text: html.UnescapeString(p.get("reasons")), At: p.where("reasons")})
	if s := p.get("source"); s != "" {
		b.source(s, p.where("source"))
	}
}

func (b *builder) source(text, at string) {
	for _, o := range b.rec.Other {
		if o.Role == "designation source" && o.Text == text {
			return
		}
	}
	b.other("designation source", text, at)
}

func addText(all []record.Text, t record.Text) []record.Text {
	for _, o := range all {
		if o.Text == t.Text {
			return all
		}
	}
	if t.Text == "" {
		return all
	}
	return append(all, t)
}

func addDate(all []date.Partial, d date.Partial) []date.Partial {
	for _, o := range all {
		if o == d {
			return all
		}
	}
	if d.IsZero() {
		return all
	}
	return append(all, d)
}

func addDated(all []record.Dated, d record.Dated) []record.Dated {
	for _, o := range all {
		if o.Date == d.Date && o.Role == d.Role {
			return all
		}
	}
	return append(all, d)
}

// list finishes the listings: the list's own reference, the group id of the
// ConList as the former one, and references of other lists on each.
func (b *builder) list() {
	if len(b.listings) == 0 {
		b.listings = []record.Listing{{Authority: b.authority, At: b.element}}
	}
	for i := range b.listings {
		l := &b.listings[i]
		l.Reference = b.rec.Key
		if b.unique != "" && b.group != "" {
			l.Former = []string{b.group}
		}
		l.Also = b.refs
		for _, r := range b.reasons {
			l.Reasons = addText(l.Reasons, r)
		}
	}
	b.rec.Listings = b.listings
}

// also notes the reference of another list once.
func (b *builder) also(source, value, at string) {
	for _, r := range b.refs {
		if r.Source == source && strings.EqualFold(r.Value, value) {
			return
		}
	}
	b.refs = append(b.refs, record.Reference{Source: source, Value: value, At: at})
}
