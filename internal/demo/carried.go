package demo

import (
	"time"

	"interdict/internal/clerk"
	"interdict/internal/report"
)

// euros is a sum of a report, in cents.
func euros(limb string, count int, cents int64) body {
	return body{"limb": limb, "count": count, "amount": cents, "currency": "EUR"}
}

// report files a report of an institution in its own ledger, an hour after it
// acted, and has it carried to the authority.
func (d *desk) report(m *matter, edition int, what report.What, more body) string {
	b := body{"what": what, "edition": edition}.with(more)
	if what != report.Nil {
		b["entry"] = m.reference
		b["matched"] = d.clock.Now().UTC()
		b["acted"] = d.clock.Now().UTC()
	}
	d.clock.pass(time.Hour)
	id := d.do(officer, "report.file", "", b).ID
	if d.err == nil {
		d.failed(d.look(d.ctx), "carrying report %s", id)
	}
	return id
}

// freezes judges that a customer is the listed subject, freezes, reports, and
// closes the alert.
func (d *desk) freezes(customer string, m *matter, edition int, more body) string {
	on := d.judges(customer, "same", "name, date and address agree")
	id := d.report(m, edition, report.Frozen, body{"customers": 1, "alert": on}.with(more))
	d.do(officer, "alert.close", on, body{"reason": "frozen and reported"})
	return id
}

// answers is the authority's word on a report of an institution, which has that
// id there.
func (t *teller) answers(d *desk, id, verdict string) {
	t.failed(d.err, "at %s", d.server)
	t.do(analyst, "report.answer", d.atAuthority(id), body{"verdict": verdict})
}

// listed notes under which reference the list has a matter.
func (t *teller) listed(m *matter) {
	if t.err != nil {
		return
	}
	records, err := t.clerk.OwnList(t.ctx)
	t.failed(err, "reading the own list")
	for _, r := range records {
		if r.PrimaryName() == m.title {
			m.reference = r.Key
		}
	}
}

// atAuthority returns the id that a report of an institution has at the authority.
func (d *desk) atAuthority(id string) string {
	if d.err != nil {
		return ""
	}
	var r report.Report
	d.read(officer, "report", id, &r)
	return r.Delivery.As
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
