package demo

import (
	"time"

	"interdict/internal/report"
)

// docket is what the secretariat works on.
type docket struct {
	treasurer, collector, ferries, salvage *matter
	harbour, kestrel                       *desk
}

// autumn is the last six weeks but the last: a freeze that was decided and
// published, and the cases that began meanwhile.
func (t *teller) autumn(d docket, things Things) {
	t.on(44, 9*time.Hour)
	t.opens(d.treasurer, analyst)
	things["listed-dossier"] = d.treasurer.dossier
	t.do(analyst, "dossier.ask", d.treasurer.dossier, body{"key": "r1", "what": "request", "to": centralBank, "text": "Who opened the three ferry accounts, and with which papers?"})
	t.do(analyst, "dossier.say", d.treasurer.dossier, body{"key": "s1", "party": "Central Bank", "field": "birth", "value": "2 November 1979"})
	t.do(analyst, "dossier.say", d.treasurer.dossier, body{"key": "s2", "party": "Border Guard", "field": "birth", "value": "1978"})
	t.on(38, 15*time.Hour)
	t.do(liaisonBank, "dossier.answer", d.treasurer.dossier, body{"key": "r1", "text": "All three were opened with passport VM8830417."})
	t.do(analyst, "dossier.date", d.treasurer.dossier, body{"key": "d1", "when": "2024", "text": "Becomes treasurer of the Brotherhood.", "assertion": "hearsay", "spans": []body{d.treasurer.span("who signs as treasurer")}})
	t.do(analyst, "material.give_feedback", d.treasurer.material, body{"useful": "used", "text": "It carries the case; thank you."})
	t.on(32, 10*time.Hour)
	t.do(analyst, "dossier.admit", d.treasurer.dossier, body{"person": second, "reason": "second reader"})
	t.builds(d.treasurer, analyst)
	t.collecting(d, things)
	t.on(24, 16*time.Hour)
	t.do(liaisonBank, "dossier.answer", d.collector.dossier, body{"key": "r2", "text": "Two accounts; the second is held by his sister.", "materials": []string{t.accounts()}})
	t.frozen(d, things)
	t.on(14, 9*time.Hour)
	t.opens(d.ferries, second)
	t.builds(d.ferries, second)
	t.on(12, 13*time.Hour)
	things["report-attempted"] = d.harbour.report(d.treasurer, 4, report.Attempted, body{"customers": 1, "reference": "H-0081", "assets": []body{euros("owned", 1, 9_900_00)}})
}

// frozen is the sitting on the treasurer, the publication, and the first report.
func (t *teller) frozen(d docket, things Things) {
	m := d.treasurer
	s := t.sits(19, "freeze", seven, "A treasurer signs what he is given; I would have waited for the bank's own inquiry.", m)
	things["session-closed"] = s
	m.decision = t.decides(m, analyst, s, "freeze", nil)
	things["decision"] = m.decision
	t.follows(2*time.Minute, d.harbour, d.kestrel)
	sent := d.harbour.freezes("H-20077", m, 4, body{"reference": "H-0077", "assets": []body{euros("owned", 3, 412_900_00), euros("controlled", 1, 87_350_25)}})
	things["report-frozen"] = d.harbour.atAuthority(sent)
	t.do(analyst, "report.answer", things["report-frozen"], body{"verdict": "true_match", "note": "Thank you. Report every attempt."})
}

// collecting opens a case that is still being built.
func (t *teller) collecting(d docket, things Things) {
	t.on(30, 9*time.Hour)
	m := d.collector
	t.opens(m, analyst)
	things["dossier"] = m.dossier
	t.do(analyst, "dossier.admit", m.dossier, body{"person": lead, "reason": "he may lead to a partner's inquiry"})
	t.do(analyst, "dossier.allege", m.dossier, body{
		"key": "a-part", "ground": "act", "element": "part", "assertion": "fact", "sort": m.sort,
		"text": "He collected the ferry tickets' money for the Brotherhood.", "spans": []body{m.span(m.shows[1])},
	})
	t.do(analyst, "dossier.allege", m.dossier, body{
		"key": "a-knew", "ground": "act", "element": "part", "assertion": "assessment", "sort": m.sort,
		"text": "He knew what the money was for.", "based_on": []string{"a-part"}, "closed": true,
	})
	t.do(analyst, "dossier.ask", m.dossier, body{"key": "r1", "what": "request", "to": region, "text": "Which moorings did he rent, and until when?"})
	t.do(analyst, "dossier.ask", m.dossier, body{"key": "r2", "what": "request", "to": centralBank, "text": "Accounts in his name or under his signature."})
	t.do(lead, "dossier.ask", m.dossier, body{"key": "r3", "what": "foreign_out", "to": "Ostrany", "text": "Is the vessel Patient Heron on your register?"})
	t.network(m, d.treasurer.dossier)
}

// network dates and ties what is known.
func (t *teller) network(m *matter, to string) {
	for _, x := range []body{
		{"key": "d1", "when": "about 1987", "text": "Born in Port Selda.", "assertion": "hearsay", "spans": []body{m.span("born about 1987")}},
		{"key": "d2", "when": "2023", "text": "Opens the ticket office.", "assertion": "fact", "spans": []body{m.span("opened a ticket office in 2023")}},
		{"key": "d3", "when": "2024-03", "text": "First money to the Brotherhood.", "assertion": "fact", "spans": []body{m.span(m.shows[1])}},
		{"key": "d4", "when": "between 2024 and 2025", "text": "On board the Patient Heron.", "assertion": "hearsay", "spans": []body{m.span(m.shows[0])}, "closed": true},
	} {
		t.do(analyst, "dossier.date", m.dossier, x)
	}
	t.do(analyst, "dossier.link", m.dossier, body{"key": "l1", "to": to, "owner": commission, "role": "collects for", "note": "the treasurer got the money"})
	t.do(analyst, "dossier.link", m.dossier, body{"key": "l2", "to": "PG-2291", "owner": prosecution, "role": "parallel inquiry", "note": "runs by itself", "disclose_on": t.start.AddDate(0, 1, 0)})
	t.do(lead, "dossier.log_contact", m.dossier, body{
		"key": "c1", "with": "Ministry of Justice of Ostrany", "at": t.clock.Now().UTC(), "means": "call",
		"what": "They run an inquiry of their own on the vessel and ask us to wait two weeks.", "disclose_on": t.start.AddDate(0, 0, 20),
	})
}

// accounts is a material with people, accounts, a vessel, and who is tied to what.
func (t *teller) accounts() string {
	return t.do(liaisonBank, "material.submit", "", body{
		"title": "Accounts of O. Bellwhistle", "reference": "CB-0944", "sort": "financial", "reasons": "the sister does not know that she was found",
		"handling": body{"tlp": "amber", "originator_control": true},
		"grade":    body{"scheme": "admiralty", "source": "A", "information": "1"},
		"parties": []body{
			{"key": "p1", "subject": names("person", "Ozric Bellwhistle", "Озрик Беллуистл").with(body{"born": []string{"1987"}})},
			{"key": "p2", "subject": names("person", "Ottilie Bellwhistle")},
			{"key": "p3", "subject": names("organisation", "Selda Ferry Ticket Office")},
			{"key": "v1", "subject": names("vessel", "Patient Heron")},
		},
		"accounts": []body{
			{"key": "k1", "number": "XX21 0000 4410 0093 1177", "type": "account", "institution": "Harbour Bank of Selda", "currency": "EUR", "holder": "p1"},
			{"key": "k2", "number": "XX88 0000 4410 0093 2200", "type": "account", "institution": "Kestrel Payments", "currency": "EUR", "holder": "p2"},
		},
		"links": []body{
			{"from": "p1", "to": "p2", "role": "brother"},
			{"from": "p1", "to": "p3", "role": "directs"},
			{"from": "p3", "to": "v1", "role": "charters"},
		},
	}).ID
}
