package demo

import (
	"time"

	"interdict/internal/roster"
)

var (
	five  = []roster.PersonID{chair, "member-2", "member-3", "member-4", "member-5"}
	seven = []roster.PersonID{chair, "member-2", "member-3", "member-4", "member-5", "member-7", "member-6"}
)

// past is the year before: how the commission began, two freezes whose reviews
// come round, a namesake who was cleared, and a freeze that was lifted.
func (t *teller) past(things Things) {
	t.on(402, 8*time.Hour)
	t.startRegister()
	t.found()
	t.failed(t.clerk.NoteRegister(t.ctx), "noting the register")

	grey := lantern()
	t.on(399, 9*time.Hour)
	t.opens(grey, analyst)
	t.builds(grey, analyst)
	s := t.sits(396, "freeze", five, "", grey)
	grey.decision = t.decides(grey, analyst, s, "freeze", nil)
	things["review-late"] = grey.decision
	t.carried(0, time.Hour, ofHarbour, ofKestrel)
	t.report(ofHarbour, grey, 0, "frozen", body{"customers": 1, "reference": "H-0031", "assets": []body{euros("owned", 2, 48_112_00)}})
	t.report(ofKestrel, grey, 0, "nil", body{"customers": 311, "reference": "K-0004"})

	driver := quarrengate()
	t.on(354, 9*time.Hour)
	t.opens(driver, analyst)
	t.builds(driver, analyst)
	s = t.sits(351, "freeze", five, "", driver)
	driver.decision = t.decides(driver, analyst, s, "freeze", nil)
	things["review-soon"] = driver.decision
	t.carried(1, 40*time.Minute, ofHarbour, ofKestrel)
	t.report(ofKestrel, driver, 1, "frozen", body{"customers": 1, "reference": "K-0009", "assets": []body{euros("owned", 1, 3_200_00)}})

	house := hostel()
	t.on(249, 9*time.Hour)
	t.opens(house, second)
	t.builds(house, second)
	s = t.sits(246, "freeze", five, "The cellar was let before anybody was convicted.", house)
	house.decision = t.decides(house, second, s, "freeze", nil)
	t.carried(2, 30*time.Minute, ofHarbour) // the other one is silent until its time is over
	t.report(ofHarbour, house, 2, "frozen", body{"customers": 1, "reference": "H-0052", "assets": []body{euros("owned", 1, 20_760_50)}})
	t.on(244, 9*time.Hour)
	t.carried(2, time.Hour, ofKestrel)
	t.cleared(driver)
	t.lifted(house, things)
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
	t.carried(3, 20*time.Minute, ofHarbour, ofKestrel)
	t.report(ofHarbour, m, 3, "released", body{"customers": 1, "reference": "H-0052-2", "assets": []body{euros("owned", 1, 20_760_50)}})
}
