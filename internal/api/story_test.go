package api_test

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/ledger"
	"interdict/internal/material"
	"interdict/internal/roster"
	"interdict/internal/session"
	"interdict/internal/statute"
)

// TestTheWholeWay walks from three materials to a freeze, a certificate and a
// lifting, on both engines.
func TestTheWholeWay(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHouse(t, e.open)
			h.people()
			s := newStory(t, h, "model-1373")
			s.materials()
			s.dossier()
			s.request()
			s.withoutComposition()
			s.vote()
			s.sign()
			s.found()
			s.namesake()
			s.lift()
			s.proofs()
		})
	}
}

type story struct {
	*house
	ground   dossier.Ground // of the statute in force
	offices  int
	ids      [3]string // materials
	first    clerk.Done
	receipt  []byte
	dossID   string
	decision string
	before   int64  // entry before the vote
	inForce  string // moment at which the freeze was in force
	listed   string
}

// newStory is a story under one of the statutes that are shipped.
func newStory(t *testing.T, h *house, id string) *story {
	law, err := statute.Named(id)
	must(t, err)
	return &story{house: h, ground: law.Checklist()[0]}
}

// article is the paper that began it all, or one of ours where it is absent.
func article(t *testing.T) []byte {
	text, err := os.ReadFile("../../../shared/data/documents/article-2015-11-18.txt")
	if err != nil {
		t.Log("ABSENT: ../shared/data/documents: a text of ours stands in for the article")
		return []byte("The prosecutor told the commission of the group \"Islamic state\" (IG), also called ISIL, and of its accounts.")
	}
	return text
}

func (s *story) materials() {
	s.dossID = s.do("analyst-1", "dossier.open", "", body{
		"title": "The group called Islamic State",
		"subject": body{"kind": "organisation", "names": []body{
			{"full": "Islamic State of Iraq and the Levant"},
			{"full": "Islamic State"},
			{"full": "ISIL"},
			{"full": "IG", "weak": true},
			{"full": "Исламское государство Ирака и Леванта"},
			{"full": "الدولة الإسلامية في العراق والشام"},
		}},
	}).ID
	s.first = s.do("liaison-prosecution", "material.submit", "", body{
		"title": "Press of 18 November 2015", "sort": "media", "handling": body{"tlp": "green"},
		"documents": []body{{"name": "article.txt", "content": article(s.t)}},
	})
	s.ids[0] = s.first.ID
	s.ids[1] = s.do("liaison-bank", "material.submit", "", body{
		"title": "Transfers", "sort": "financial", "reasons": "from a source that must not be named",
		"handling": body{"tlp": "amber", "originator_control": true},
		"parties":  []body{{"key": "p1", "subject": body{"kind": "organisation", "names": []body{{"full": "«Исламского государства Ирака и Леванта»"}}}}},
		"accounts": []body{{"key": "a1", "number": "DE89370400440532013000", "type": "iban", "holder": "p1"}},
	}).ID
	s.ids[2] = s.do("liaison-region", "material.submit", "", body{
		"title": "Leaflets", "sort": "intelligence", "handling": body{"tlp": "amber"},
		"parties": []body{{"key": "p1", "subject": body{"kind": "organisation", "names": []body{{"full": "الدولة الإسلامية في العراق و الشام"}}}}},
	}).ID
	status, receipt, _ := s.send("liaison-prosecution", http.MethodGet, fmt.Sprint("/v1/receipts/", s.first.Index), nil)
	if status != http.StatusOK {
		s.t.Fatalf("receipt: %d %s", status, receipt)
	}
	s.receipt = receipt
	if status, _, _ := s.send("liaison-bank", http.MethodGet, fmt.Sprint("/v1/receipts/", s.first.Index), nil); status != http.StatusNotFound {
		s.t.Errorf("another agency got the receipt: %d", status)
	}
	var m struct {
		Title string `json:"title"`
	}
	if got := s.read("liaison-region", "material", s.ids[1], "", &m); got != http.StatusNotFound {
		s.t.Errorf("an agency read another's material: %d", got)
	}
	if got := s.read("liaison-bank", "material", s.ids[1], "", &m); got != http.StatusOK || m.Title != "Transfers" {
		s.t.Errorf("an agency did not read its own material: %d %q", got, m.Title)
	}
}

// work is what the secretariat sees of a material.
type work struct {
	Documents []material.Document `json:"documents"`
	Derived   []material.Derived  `json:"derived"`
	Mentions  []material.Judged   `json:"mentions"`
}

func (s *story) dossier() {
	for i, id := range s.ids {
		var w work
		if got := s.read("analyst-1", "material", id, "", &w); got != http.StatusOK {
			s.t.Fatalf("material %d: %d", i, got)
		}
		linked := false
		for _, m := range w.Mentions {
			if m.Dossier && m.Target == s.dossID && !linked {
				s.do("analyst-1", "material.link_mention", id, body{"key": m.Key, "dossier": s.dossID, "reason": "the same group"})
				linked = true
			}
		}
		if !linked {
			s.t.Fatalf("material %d: no mention proposes the dossier: %+v", i, w.Mentions)
		}
	}
	var w work
	s.read("analyst-1", "material", s.ids[0], "", &w)
	text := string(article(s.t))
	status, content, _ := s.send("analyst-1", http.MethodGet, "/v1/materials/"+s.ids[0]+"/documents/"+w.Documents[0].Hash, nil, "Purpose", "compare")
	if status != http.StatusOK || string(content) != text {
		s.t.Fatalf("the original came back otherwise: %d, %d bytes of %d", status, len(content), len(text))
	}
	at := strings.Index(text, "ISIL")
	span := body{"material": s.ids[0], "document": w.Documents[0].Hash, "start": at, "end": at + 4}
	s.do("analyst-1", "dossier.allege", s.dossID, body{
		"key": "a1", "ground": s.ground.Code, "element": s.ground.Elements[0], "text": "It takes part in terrorist acts.", "assertion": "fact", "sort": "media", "spans": []body{span},
	})
	s.refused("analyst-1", "dossier.allege", s.dossID, body{
		"key": "a2", "ground": "no such ground", "element": "part", "text": "x", "assertion": "fact", "spans": []body{span},
	}, http.StatusUnprocessableEntity)
	s.do("analyst-1", "dossier.write", s.dossID, body{"open": "A group that takes part in terrorist acts.", "closed": "Transfers seen by the central bank."})
	for _, x := range []body{{"key": "s1", "party": "Russia", "field": "listed since", "value": "2014-12-29"}, {"key": "s2", "party": "United States", "field": "listed since", "value": "2004-12-17"}} {
		s.do("analyst-1", "dossier.say", s.dossID, x)
	}
	var d dossier.Dossier
	if got := s.read("analyst-2", "dossier", s.dossID, "", &d); got != http.StatusNotFound {
		s.t.Errorf("an analyst who was not admitted read the case: %d", got)
	}
	s.do("analyst-1", "dossier.admit", s.dossID, body{"person": "analyst-2", "reason": "second reader"})
	if got := s.read("analyst-2", "dossier", s.dossID, "", &d); got != http.StatusOK || !d.Compare()[0].Differs() {
		s.t.Errorf("admitted: %d, the statements differ: %+v", got, d.Compare())
	}
}

func (s *story) request() {
	s.do("analyst-1", "dossier.ask", s.dossID, body{"key": "r1", "what": "request", "to": "bank", "text": "Who holds the account?"})
	var asked struct {
		Requests []dossier.Asking `json:"requests"`
		Title    string           `json:"title"`
	}
	if got := s.read("liaison-bank", "dossier", s.dossID, "", &asked); got != http.StatusOK || len(asked.Requests) != 1 || asked.Title != "" {
		s.t.Fatalf("the agency that was asked sees: %d %+v", got, asked)
	}
	if got := s.read("liaison-region", "dossier", s.dossID, "", &asked); got != http.StatusNotFound {
		s.t.Errorf("an agency that was not asked sees the request: %d", got)
	}
	if due := s.requests("liaison-bank"); len(due) != 1 || due[0].Text != "Who holds the account?" || due[0].State != dossier.Waiting {
		s.t.Errorf("what the agency was asked: %+v", due)
	}
	if due := s.requests("liaison-region"); len(due) != 0 {
		s.t.Errorf("another agency sees requests: %+v", due)
	}
	s.do("liaison-bank", "dossier.answer", s.dossID, body{"key": "r1", "text": "A charity of that name."})
	s.refused("liaison-bank", "dossier.allege", s.dossID, body{"key": "x"}, http.StatusNotFound)
}

func (s *story) requests(who string) []clerk.Request {
	s.t.Helper()
	status, text, _ := s.send(who, http.MethodGet, "/v1/requests", nil, "Purpose", "to answer")
	if status != http.StatusOK {
		s.t.Fatalf("requests: %d %s", status, text)
	}
	var got struct{ Requests []clerk.Request }
	must(s.t, json.Unmarshal(text, &got))
	return got.Requests
}

// withoutComposition: material comes in, nothing can be decided.
func (s *story) withoutComposition() {
	s.do("analyst-1", "dossier.submit", s.dossID, nil)
	id := s.do("secretary", "session.call", "", body{"on": s.clock.now().Add(24 * time.Hour), "place": "hall"}).ID
	s.do("secretary", "session.agenda", id, body{"key": "1", "dossier": s.dossID, "measure": "freeze", "question": "Freeze?"})
	s.do("secretary", "session.open", id, nil)
	problem := s.refused("secretary", "session.put", id, body{"item": "1", "mode": "open"}, http.StatusConflict)
	if !strings.Contains(problem, "no quorum") {
		s.t.Errorf("an empty commission put the question: %s", problem)
	}
	s.do("secretary", "session.adjourn", id, body{"item": "1", "reason": "nobody is appointed"})
	s.do("secretary", "session.close", id, nil)
	s.refused("analyst-1", "decision.draft", "", body{"dossier": s.dossID, "session": id, "measure": "freeze", "open": "because"}, http.StatusConflict)
	s.appoint()
}

// sitting holds a session on the dossier: member 7 is recused, member 6 votes
// against and dissents. It returns the session.
func (s *story) sitting(measure string) string {
	id := s.do("secretary", "session.call", "", body{"on": s.clock.now().Add(24 * time.Hour), "place": "hall"}).ID
	s.do("secretary", "session.agenda", id, body{"key": "1", "dossier": s.dossID, "measure": measure, "question": measure + "?"})
	s.do("secretary", "session.open", id, nil)
	for i := 1; i <= 7; i++ {
		s.do("secretary", "session.come", id, body{"person": fmt.Sprint("member-", i)})
	}
	for i := 1; i <= 6; i++ {
		s.do(fmt.Sprint("member-", i), "session.declare", id, body{"item": "1", "conflict": false})
	}
	s.do("member-7", "session.declare", id, body{"item": "1", "conflict": true, "reason": "my brother's firm"})
	var d dossier.Dossier
	if got := s.read("member-7", "dossier", s.dossID, "", &d); got != http.StatusNotFound {
		s.t.Errorf("the recused member reads the case: %d", got)
	}
	if got := s.read("member-2", "dossier", s.dossID, "", &d); got != http.StatusOK {
		s.t.Errorf("a member does not read the case before him: %d", got)
	}
	put := s.do("secretary", "session.put", id, body{"item": "1", "mode": "open"})
	s.before = put.Index
	var sat session.Session
	s.read("secretary", "session", id, "", &sat)
	for i := 1; i <= 6; i++ {
		choice := session.Yes
		if i == 6 {
			choice = session.No
		}
		member := fmt.Sprint("member-", i)
		b := session.Ballot{Item: "1", Seat: roster.SeatID(seats[i-1]), Person: roster.PersonID(member), Choice: choice}
		sign := ed25519.Sign(s.keys[member], b.Text(sat.ID, sat.Items[0].Agendum))
		s.do(member, "session.vote", id, body{"item": "1", "seat": b.Seat, "choice": choice, "signature": sign})
	}
	s.do("secretary", "session.count", id, body{"item": "1"})
	s.do("member-6", "session.dissent", id, body{"item": "1", "text": "The evidence is press only."})
	s.do("secretary", "session.close", id, nil)
	return id
}

func (s *story) vote() {
	id := s.sitting("freeze")
	var sat session.Session
	if got := s.read("auditor", "session", id, "", &sat); got != http.StatusOK {
		s.t.Fatalf("the auditor counts again: %d", got)
	}
	tally, doubts, err := sat.Recount("1")
	if err != nil || len(doubts) > 0 || tally.Yes != 5 || tally.No != 1 || tally.Result != session.Carried {
		s.t.Errorf("recount: %+v %v %v", tally, doubts, err)
	}
	d := s.do("analyst-1", "decision.draft", "", body{
		"dossier": s.dossID, "session": id, "measure": "freeze", "open": "It takes part in terrorist acts.", "closed": "Transfers seen by the central bank.",
	})
	s.decision = d.ID
}

// signed signs a decision by the chair, and shows that its drafter cannot.
func (s *story) signed(id string) {
	var d struct {
		decision.Decision
		Digest string `json:"digest"`
	}
	if got := s.read("member-1", "decision", id, "", &d); got != http.StatusOK {
		s.t.Fatalf("the chair does not read what he signs: %d", got)
	}
	s.refused("analyst-1", "decision.sign", id, body{"office": "chair", "digest": d.Digest}, http.StatusNotFound)
	s.do("member-1", "decision.sign", id, body{"office": "chair", "digest": d.Digest})
}

func (s *story) sign() { s.signed(s.decision) }

type answer struct {
	Status string `json:"status"`
	Hits   []struct {
		Subject string `json:"subject"`
		Band    string `json:"band"`
	} `json:"hits"`
	Excluded map[string]string `json:"excluded"`
}

func (s *story) screen(names ...string) answer {
	s.t.Helper()
	var list []body
	for _, n := range names {
		list = append(list, body{"full": n})
	}
	return s.ask(body{"subject": body{"kind": "organisation", "names": list}})
}

func (s *story) ask(question body) answer {
	s.t.Helper()
	status, text, _ := s.send("analyst-1", http.MethodPost, "/v1/screen/name", question)
	if status != http.StatusOK {
		s.t.Fatalf("screening: %d %s", status, text)
	}
	var a answer
	must(s.t, json.Unmarshal(text, &a))
	return a
}

func (s *story) found() {
	a := s.screen("Исламское государство Ирака и Леванта")
	if a.Status != "hits" {
		s.t.Fatalf("the freeze does not stand in the own list: %+v", a)
	}
	s.listed = a.Hits[0].Subject
	s.inForce = s.clock.now().Format(time.RFC3339Nano)
	var d dossier.Dossier
	s.read("analyst-1", "dossier", s.dossID, "", &d)
	if d.State != dossier.Decided || d.Decision != s.decision {
		s.t.Errorf("the dossier is %s by %s", d.State, d.Decision)
	}
	var x decision.Decision
	s.read("analyst-1", "decision", s.decision, "", &x)
	if x.State != decision.InForce || len(x.Editions) != 1 {
		s.t.Errorf("the decision is %s, in editions %v", x.State, x.Editions)
	}
}

// namesake: a charity of a similar name gets a certificate that works for it
// alone.
func (s *story) namesake() {
	name := "Islamic State of Iraq and Levant Relief"
	mine := body{"kind": "organisation", "names": []body{{"full": name}}, "identifiers": []body{{"type": "registration", "number": "HRB 4711"}}}
	p := s.do("secretary", "petition.lodge", "", body{"plea": "namesake", "against": s.decision, "petitioner": mine, "text": "We bake bread."}).ID
	if a := s.screen(name); a.Status != "hits" || len(a.Excluded) != 0 {
		s.t.Fatalf("before the certificate: %+v", a)
	}
	s.do("analyst-2", "petition.recommend", p, body{"grant": true, "reason": "founded in 1970"})
	d := s.do("analyst-2", "decision.draft", "", body{
		"dossier": s.dossID, "measure": "certificate", "open": "The charity is not the group.", "bearer": body{"person": mine, "entry": s.listed},
	}).ID
	s.signed2(d)
	s.refused("analyst-2", "petition.grant", p, body{"decision": d, "reason": "cleared"}, http.StatusNotFound)
	s.do("lead", "petition.grant", p, body{"decision": d, "reason": "cleared"})
	status, text, _ := s.send("analyst-1", http.MethodPost, "/v1/screen/name", body{"subject": mine})
	var a answer
	must(s.t, json.Unmarshal(text, &a))
	if status != http.StatusOK || a.Excluded[s.listed] == "" || len(a.Hits) == 0 {
		s.t.Errorf("the bearer is not cleared: %d %s", status, text)
	}
	if a := s.screen(name); len(a.Excluded) != 0 {
		s.t.Errorf("the certificate clears another of that name: %+v", a)
	}
}

// signed2 signs what analyst-2 drafted.
func (s *story) signed2(id string) {
	var d struct {
		Digest string `json:"digest"`
	}
	if got := s.read("member-1", "decision", id, "", &d); got != http.StatusOK {
		s.t.Fatalf("the chair does not read what he signs: %d", got)
	}
	s.do("member-1", "decision.sign", id, body{"office": "chair", "digest": d.Digest})
}

// lift: the review proposes to lift, the commission does.
func (s *story) lift() {
	s.clock.move(300 * 24 * time.Hour)
	s.refused("analyst-1", "review.hold", s.decision, body{"finding": "propose_lift", "reason": "the group dissolved"}, http.StatusConflict)
	s.do("lead", "review.hold", s.decision, body{"finding": "propose_lift", "reason": "the group dissolved"})
	s.do("analyst-1", "dossier.reopen", s.dossID, body{"reason": "review"})
	s.do("analyst-1", "dossier.write", s.dossID, body{"open": "The group dissolved."})
	s.do("analyst-1", "dossier.submit", s.dossID, nil)
	before := s.before
	id := s.sitting("lift")
	s.before = before
	d := s.do("analyst-1", "decision.draft", "", body{"dossier": s.dossID, "session": id, "measure": "lift", "target": s.decision, "open": "The group dissolved."}).ID
	s.signed(d)
	var x decision.Decision
	s.read("analyst-1", "decision", s.decision, "", &x)
	if x.State != decision.Ended {
		s.t.Errorf("the freeze is %s after the lifting", x.State)
	}
	for _, hit := range s.screen("Islamic State of Iraq and the Levant").Hits {
		if hit.Band != "weak" {
			s.t.Errorf("an entry that ended is still %s", hit.Band)
		}
	}
	then := s.ask(body{"subject": body{"kind": "organisation", "names": []body{{"full": "Islamic State of Iraq and the Levant"}}}, "as_of": s.inForce})
	if then.Status != "hits" || then.Hits[0].Band == "weak" {
		s.t.Errorf("the register of then answers otherwise: %+v", then)
	}
}

func (s *story) proofs() {
	verifier, err := ledger.NewVerifier(s.verify)
	must(s.t, err)
	if _, err := s.store.Verify(s.t.Context(), verifier, nil, nil); err != nil {
		s.t.Errorf("verifying the ledger: %v", err)
	}
	if _, _, _, err := ledger.VerifyReceipt(s.receipt, verifier); err != nil {
		s.t.Errorf("the receipt of the first day: %v", err)
	}
	var d dossier.Dossier
	if got := s.read("analyst-1", "dossier", s.dossID, fmt.Sprint("?as_of=", s.before), &d); got != http.StatusOK || d.State != dossier.Submitted || d.Decision != "" {
		s.t.Errorf("before the vote the case was: %d %s %q", got, d.State, d.Decision)
	}
	rebuilt, err := s.clerk.Rebuild(s.t.Context(), nil)
	must(s.t, err)
	if len(rebuilt.Differ) > 0 {
		s.t.Errorf("views rebuilt otherwise:\n%s", strings.Join(rebuilt.Differ, "\n"))
	}
	status, text, _ := s.send("auditor", http.MethodGet, "/v1/audit?of=dossier/"+s.dossID, nil, "Purpose", "yearly audit")
	if status != http.StatusOK || !strings.Contains(string(text), "test of the house") {
		s.t.Errorf("who saw the case: %d %s", status, text)
	}
}
