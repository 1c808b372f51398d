package demo

import (
	"time"

	"interdict/internal/clerk"
	"interdict/internal/report"
	"interdict/internal/roster"
)

// carried has institutions acknowledge an edition hop by hop, after a while.
func (t *teller) carried(edition int, after time.Duration, by ...roster.PersonID) {
	t.clock.pass(after)
	for _, who := range by {
		for _, h := range report.Hops() {
			t.do(who, "acknowledgement.make", "", body{"edition": edition, "hop": h, "done": t.clock.Now().UTC()})
		}
	}
}

// euros is a sum of a report, in cents.
func euros(limb string, count int, cents int64) body {
	return body{"limb": limb, "count": count, "amount": cents, "currency": "EUR"}
}

// report files a report of an institution on a matter, an hour after it acted.
func (t *teller) report(who roster.PersonID, m *matter, edition int, what string, more body) string {
	b := body{"what": what, "edition": edition}.with(more)
	if what != string(report.Nil) {
		b["entry"] = t.referenceOf(m)
		b["matched"] = t.clock.Now().UTC()
		b["acted"] = t.clock.Now().UTC()
	}
	t.clock.pass(time.Hour)
	return t.do(who, "report.file", "", b).ID
}

// referenceOf is how the list calls the entry of a matter.
func (t *teller) referenceOf(m *matter) string {
	if t.err != nil {
		return ""
	}
	records, err := t.clerk.OwnList(t.ctx)
	t.failed(err, "reading the own list")
	for _, r := range records {
		if r.PrimaryName() == m.title {
			return r.Key
		}
	}
	return ""
}

// entryOf is the subject of the register that a matter is listed as.
func (t *teller) entryOf(m *matter) string {
	if t.err != nil {
		return ""
	}
	var q clerk.Question
	t.failed(carry(body{"subject": m.subject}, &q), "asking for %s", m.title)
	a, err := t.clerk.Screen(t.ctx, clerk.Order{By: analyst}, q)
	t.failed(err, "screening %s", m.title)
	if len(a.Hits) == 0 {
		return ""
	}
	return a.Hits[0].Subject
}
