package demo

import (
	"time"

	"interdict/internal/report"
	"interdict/internal/session"
)

// week is the last one: what lies on desks.
func (t *teller) week(d docket, things Things) {
	t.on(9, 10*time.Hour)
	mistaken, _ := t.handIn(liaisonBorder, "Duty roster of the Oster crossing for the coming month.", body{
		"title": "Sent by mistake", "sort": "law_enforcement", "handling": body{"tlp": "amber"},
	})
	t.on(8, 10*time.Hour)
	things["erasure"] = t.do(lead, "erasure.request", "", body{"of": "material/" + mistaken, "reason": "handed in by mistake, and nothing rests on it"}).ID
	t.on(7, 9*time.Hour)
	t.opens(d.salvage, analyst)
	t.builds(d.salvage, analyst)
	things["submitted-dossier"] = d.salvage.dossier
	t.on(6, 10*time.Hour)
	on := d.kestrel.judges("K-5031", "unsure", "nearly the name, another year of birth; we cannot tell")
	sent := d.kestrel.report(d.treasurer, 4, report.PartialMatch, body{"customers": 1, "reference": "K-0031", "alert": on, "assets": []body{euros("owned", 1, 640_00)}})
	things["report-partial"] = d.kestrel.atAuthority(sent)
	t.alerts(things)
	t.on(4, 11*time.Hour)
	things["petition"] = t.do(secretary, "petition.lodge", "", body{
		"plea": "namesake", "against": d.treasurer.decision,
		"petitioner": names("person", "Quillon Vashtarek").with(body{"born": []string{"1996-06-21"}, "identifiers": []body{{"type": "passport", "number": "VM9904410", "country": state}}}),
		"text":       "I deliver bread in Port Selda. My payment account is closed to me since Monday because of a name that is nearly mine.",
	}).ID
	t.on(3, 9*time.Hour) // the region's time is over by now
	t.do(analyst, "dossier.ask", d.collector.dossier, body{"key": "r4", "what": "request", "to": border, "text": "His crossings at Oster since January."})
	t.do(analyst, "dossier.ask", d.collector.dossier, body{"key": "t1", "what": "task", "to": analyst, "text": "Compare the ticket stubs with the answers."})
	t.do(analyst, "dossier.write", d.collector.dossier, body{"open": "He ran the ticket office of a ferry.", "closed": "The ticket stubs came from a witness."})
	s := t.sits(1, "freeze", five, "", d.ferries)
	t.clock.pass(10 * time.Minute)
	things["draft"] = t.do(second, "decision.draft", "", body{
		"dossier": d.ferries.dossier, "session": s, "measure": "freeze", "open": d.ferries.open, "closed": d.ferries.closed,
	}).ID
}

// alerts are hits that wait for somebody to look.
func (t *teller) alerts(things Things) {
	t.on(5, 9*time.Hour)
	raise := func(word, source string, subject body) string {
		id := t.do(analyst, "alert.raise", "", body{"channel": "onboarding", "source": source, "subject": subject}).ID
		things[word] = id
		return id
	}
	raise("alert-plain", "mooring permit 5512", names("person", "Quillan Vashtarek").with(body{"born": []string{"2001-09-14"}}))
	raise("alert-strong", "ferry licence 0871", names("person", "Kvillon Vashtarak").with(body{"born": []string{"1979-11-02"}, "nationalities": []string{state}}))
	later := raise("alert-snoozed", "mooring permit 5498", names("person", "Zebulun Quarengate"))
	t.do(analyst, "alert.unsure", later, body{"key": "1", "reason": "no date of birth in the application"})
	t.do(analyst, "alert.snooze", later, body{"until": t.start.AddDate(0, 0, 6), "reason": "the harbour office asks for the date of birth"})
	raise("alert-open", "harbour pass 2207", names("person", "Зебулон Кварренгейт"))
}

// today is what is under way at this hour.
func (t *teller) today(d docket, things Things) {
	opens := t.start.Add(-80 * time.Minute)
	t.at(t.start.Add(-4 * time.Hour))
	t.fresh(things)
	id := t.do(secretary, "session.call", "", body{"on": opens, "place": "Customs House, room 4"}).ID
	things["session"] = id
	t.do(secretary, "session.agenda", id, body{"key": "1", "dossier": d.salvage.dossier, "measure": "freeze", "question": question("freeze", d.salvage)})
	t.at(opens)
	t.gather(id, seven, 1)
	t.do(secretary, "session.put", id, body{"item": "1", "mode": "open"})
	t.vote(id, "1", "member-2", session.Yes)
	t.vote(id, "1", "member-3", session.Yes)
	t.vote(id, "1", "member-6", session.No)
	t.spoil()
}

// fresh is a material that nobody has looked at yet.
func (t *teller) fresh(things Things) {
	things["material"], _ = t.handIn(liaisonRegion, freshText, body{
		"title": "Letters from a locker at the ferry pier", "reference": "RA-2291", "sort": "intelligence",
		"summary": "Five letters in four scripts.", "reasons": "the locker was opened by a cleaner, whom we want to protect",
		"handling": body{"tlp": "amber"}, "grade": body{"scheme": "admiralty", "source": "C", "information": "3"},
	})
}

const freshText = `Found in locker 14 at the ferry pier of Port Selda.

First letter. "Tell Quillon Vashtarak that the boats are paid. Ask Ozric Bellwhistle for the tickets of June, and burn the list."

Second letter, in Russian. «Передай, что Озрик Беллуистл был у нас в четверг. Компания «Девятая гавань» ждёт ответа. Деньги пришли не от ИГИЛ, как пишут газеты, а от своих».

Third letter, in Arabic. "وصل كويلون فاشتاراك إلى الميناء مع رجلين من أخوية الفانوس الرمادي."

Fourth letter, in Chinese. "第九港打捞公司的人说，货在船上。"

Fifth letter. "The newspaper compares us to Boko Haram and to Al-Nusra. We are nobody's branch. The tanker Adrian Darya 1 is none of our business either."
`
