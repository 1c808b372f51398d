package demo

import (
	"time"

	"interdict/internal/report"
	"interdict/internal/roster"
)

var (
	five  = []roster.PersonID{chair, "member-2", "member-3", "member-4", "member-5"}
	seven = []roster.PersonID{chair, "member-2", "member-3", "member-4", "member-5", "member-7", "member-6"}
)

// past is the year before: how the commission began, two freezes whose reviews
// come round, two institutions that join, a namesake who was cleared, and a freeze
// that was lifted.
func (t *teller) past(join Join, things Things) (*desk, *desk) {
	t.on(402, 8*time.Hour)
	t.startRegister()
	t.found()
	t.failed(t.clerk.NoteRegister(t.ctx), "noting the register")

	t.on(400, 9*time.Hour)
	h, k := t.joins(harbourBank, join), t.joins(kestrelHouse, join)
	grey := lantern()
	t.on(399, 9*time.Hour)
	t.opens(grey, analyst)
	t.builds(grey, analyst)
	s := t.sits(396, "freeze", five, "", grey)
	grey.decision = t.decides(grey, analyst, s, "freeze", nil)
	things["review-late"] = grey.decision
	t.follows(50*time.Minute, h, k)
	t.answers(h, h.freezes("H-20031", grey, 0, body{"reference": "H-0031", "assets": []body{euros("owned", 2, 48_112_00)}}), "true_match")
	t.answers(k, k.report(grey, 0, report.Nil, body{"customers": crowd + len(k.planted), "reference": "K-0004"}), "noted")

	driver := quarrengate()
	t.on(354, 9*time.Hour)
	t.opens(driver, analyst)
	t.builds(driver, analyst)
	s = t.sits(351, "freeze", five, "", driver)
	driver.decision = t.decides(driver, analyst, s, "freeze", nil)
	things["review-soon"] = driver.decision

	t.follows(35*time.Minute, h, k)
	t.answers(k, k.freezes("K-5009", driver, 1, body{"reference": "K-0009", "assets": []body{euros("owned", 1, 3_200_00)}}), "true_match")
	t.hostel(driver, h, k, things)
	return h, k
}

// hostel is a fund that is frozen now and delisted later.
func (t *teller) hostel(driver *matter, h, k *desk, things Things) {
	house := hostelFund()
	t.on(249, 9*time.Hour)
	t.renews(h, k)
	t.opens(house, second)
	t.builds(house, second)
	s := t.sits(246, "freeze", five, "The cellar was let before anybody was convicted.", house)
	house.decision = t.decides(house, second, s, "freeze", nil)
	t.follows(30*time.Minute, h) // the other one is silent until its time is over
	t.answers(h, h.freezes("H-20052", house, 2, body{"reference": "H-0052", "assets": []body{euros("owned", 1, 20_760_50)}}), "true_match")
	t.on(244, 9*time.Hour)
	t.follows(0, k)
	t.answers(k, k.report(house, 2, report.Nil, body{"customers": crowd + len(k.planted), "reference": "K-0012"}), "noted")
	t.cleared(driver)
	t.lifted(house, things)
	t.follows(20*time.Minute, h, k)
	t.answers(h, h.report(house, 3, report.Released, body{"customers": 1, "reference": "H-0052", "assets": []body{euros("owned", 1, 20_760_50)}}), "noted")
}

// cleared is a namesake who got a certificate.
func (t *teller) cleared(listed *matter) {
	t.on(205, 10*time.Hour)
	baker := names("person", "Zebulon Quarringate").with(body{"born": []string{"1941-01-30"}, "identifiers": []body{{"type": "national-id", "number": "VM-19410130-7", "country": state}}})
	plea := t.do(secretary, "petition.lodge", "", body{"plea": "namesake", "against": listed.decision, "petitioner": baker, "text": "I am a retired baker and was never at the Oster crossing."}).ID
	t.on(199, 10*time.Hour)
	t.do(analyst, "dossier.admit", listed.dossier, body{"person": second, "reason": "a petition"})
	t.do(second, "petition.recommend", plea, body{"grant": true, "reason": "another year of birth, another identity card"})
	id := t.do(second, "decision.draft", "", body{
		"dossier": listed.dossier, "measure": "certificate", "open": "He is not the person named.",
		"bearer": body{"person": baker, "entry": t.entryOf(listed)},
	}).ID
	t.sign(chair, "chair", id)
	t.do(lead, "petition.grant", plea, body{"decision": id, "reason": "another person"})
}

// lifted is a freeze that a petition brought down.
func (t *teller) lifted(m *matter, things Things) {
	t.on(131, 11*time.Hour)
	plea := t.do(secretary, "petition.lodge", "", body{
		"plea": "delisting", "against": m.decision, "petitioner": m.subject, "counsel": "Ottoline Greatorex, advocate",
		"text": "The treasurer was dismissed, the books of the two years were found, and the hostel is run by the parish.",
	}).ID
	things["petition-granted"] = plea
	t.on(118, 11*time.Hour)
	t.do(ombudsperson, "petition.recommend", plea, body{"grant": true, "reason": "nothing is left of what the freeze rested on"})
	t.on(112, 9*time.Hour)
	t.do(second, "dossier.reopen", m.dossier, body{"reason": "petition for delisting"})
	m.open = "The fund has a new treasurer and complete books; nothing ties it to the fire any more."
	m.closed = ""
	t.do(second, "dossier.write", m.dossier, body{"open": m.open})
	t.do(second, "dossier.submit", m.dossier, nil)
	s := t.sits(108, "lift", five, "", m)
	lift := t.decides(m, second, s, "lift", body{"target": m.decision})
	things["lifting"] = lift
	t.do(lead, "petition.grant", plea, body{"decision": lift, "reason": "the freeze is lifted"})
}
