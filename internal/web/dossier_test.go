package web_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// inquiry is a case with a material that names its subject, and a commission that
// can vote on it.
type inquiry struct {
	*house
	dossier, material, document string
	keys                        map[string]ed25519.PrivateKey
}

const lanternLetter = "The lorry of the Grey Lantern was stopped.\nIts driver carried the money\nto those who burned the quay. The Grey Lantern paid him."

func newInquiry(t *testing.T) *inquiry {
	t.Helper()
	q := &inquiry{house: newHouse(t), keys: map[string]ed25519.PrivateKey{}}
	q.dossier = q.do("analyst", "dossier.open", "", body{"title": "The Grey Lantern", "subject": someone("Brotherhood of the Grey Lantern")}).ID
	q.material = q.do("liaison-prosecution", "material.submit", "", body{
		"title": "A lorry at the crossing", "sort": "law_enforcement", "handling": body{"tlp": "amber"},
		"documents": []body{{"name": "letter.txt", "content": []byte(lanternLetter)}},
		"parties":   []body{{"key": "p1", "subject": someone("Brotherhood of the Grey Lantern")}, {"key": "p2", "subject": body{"kind": "person", "names": []body{{"full": "Зебулон Кварренгейт"}}}}},
		"accounts":  []body{{"key": "k1", "number": "XX21 0000 4410", "type": "account", "holder": "p2"}},
		"links":     []body{{"from": "p2", "to": "p1", "role": "carries money for"}},
	}).ID
	sum := sha256.Sum256([]byte(lanternLetter))
	q.document = hex.EncodeToString(sum[:])
	seen := must(q.clerk.Read(t.Context(), clerk.Order{By: "analyst", Purpose: "work"}, "material", q.material, clerk.When{}))
	for _, m := range seen.Content.(clerk.MaterialSeen).Mentions {
		if m.Dossier && m.Target == q.dossier {
			q.do("analyst", "material.link_mention", q.material, body{"key": m.Key, "dossier": q.dossier, "reason": "the same"})
			break
		}
	}
	return q
}

func (q *inquiry) path(view string) string { return "/dossiers/" + q.dossier + "?view=" + view }

// read reads the case as the analyst sees it.
func (q *inquiry) read() dossier.Dossier {
	q.t.Helper()
	return must(q.clerk.Read(context.Background(), clerk.Order{By: "analyst", Purpose: "work"}, "dossier", q.dossier, clerk.When{})).Content.(dossier.Dossier)
}

// alleges gives the form of an allegation as the page has it.
func (q *inquiry) alleges(element, document, words string) (int, page) {
	return q.post("analyst", "/dossiers/"+q.dossier+"/quote/dossier.allege", url.Values{
		"key": {"a-" + element}, "ground": {"act"}, "element": {element}, "assertion": {"fact"}, "sort": {"law_enforcement"},
		"text": {"He carried money."}, "_document": {document}, "_words": {words}, "_next": {q.path("grounds")},
	})
}

func TestWordsBecomeASpan(t *testing.T) {
	q := newInquiry(t)
	here := q.material + "/" + q.document
	cases := []struct {
		name, document, words string
		status                int
		says                  string
	}{
		{"no document", "", "carried the money", http.StatusUnprocessableEntity, "choose the document"},
		{"no words", here, "", http.StatusUnprocessableEntity, "give the words"},
		{"words that do not stand there", here, "carried the gold", http.StatusUnprocessableEntity, "does not stand in letter.txt"},
		{"words that stand there twice", here, "Grey Lantern", http.StatusUnprocessableEntity, "more than once"},
		{"words that are no text", here, "carried \xff", http.StatusUnprocessableEntity, "no text in UTF-8"},
		{"a document of nobody", q.material + "/00", "carried", http.StatusNotFound, "no such page"},
		{"words across lines", here, "carried the money to those who burned the quay", http.StatusSeeOther, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, p := q.alleges("part", c.document, c.words)
			if status != c.status {
				t.Fatalf("%d\n%s", status, p.source)
			}
			if c.says != "" {
				p.says(c.says)
			}
			if status == http.StatusUnprocessableEntity {
				q.keeps(t, p, c.document, c.words)
			}
		})
	}
	spans := q.read().Content.Allegations[0].Spans
	if len(spans) != 1 || lanternLetter[spans[0].Start:spans[0].End] != "carried the money\nto those who burned the quay" {
		t.Fatalf("the span is %+v", spans)
	}
	_, p := q.get("analyst", q.path("grounds"))
	p.says("carried the money to those who burned the quay", "shown by a fact", "nothing shows it", "A lorry at the crossing")
}

// keeps fails the test unless a form that was refused stands as it was typed, and
// is sent where its words are looked up.
func (q *inquiry) keeps(t *testing.T, p page, document, words string) {
	t.Helper()
	if len(p.all(with("form", "action", "/dossiers/"+q.dossier+"/quote/dossier.allege"))) != 1 {
		t.Error("the form is sent elsewhere")
	}
	for name, want := range map[string]string{"text": "He carried money.", "_words": words} {
		if in := p.all(with("textarea", "name", name)); len(in) != 1 || text(in[0]) != want {
			t.Errorf("%s is lost", name)
		}
	}
	chosen := p.all(func(n *html.Node) bool {
		return n.Data == "option" && attr(n, "value") == document && has(n, "selected")
	})
	if document != "" && len(chosen) != 1 {
		t.Error("the document is lost")
	}
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// Who stated no purpose states it in the form, and loses nothing.
func TestQuotingAsksWhatFor(t *testing.T) {
	q := newInquiry(t)
	send := func(values url.Values) (int, page) {
		r := httptest.NewRequest(http.MethodPost, "/dossiers/"+q.dossier+"/quote/dossier.allege", strings.NewReader(values.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Authorization", "Bearer analyst")
		w := httptest.NewRecorder()
		q.mux.ServeHTTP(w, r)
		return w.Code, page{t, must(html.Parse(w.Body)), w.Result().Header, ""}
	}
	values := url.Values{
		"key": {"a-1"}, "ground": {"act"}, "element": {"part"}, "assertion": {"fact"}, "sort": {"law_enforcement"},
		"text": {"He carried money."}, "_document": {q.material + "/" + q.document}, "_words": {"carried the money"},
	}
	status, p := send(values)
	if status != http.StatusUnprocessableEntity || len(p.all(with("textarea", "name", "_purpose"))) != 1 {
		t.Fatalf("%d, and it is not asked what for", status)
	}
	if in := p.all(with("input", "name", "_document")); len(in) != 1 || attr(in[0], "value") != values.Get("_document") {
		t.Error("the document is lost")
	}
	if in := p.all(with("textarea", "name", "_words")); len(in) != 1 || text(in[0]) != "carried the money" {
		t.Error("the words are lost")
	}
	values.Set("_purpose", "work on the case")
	if status, p = send(values); status != http.StatusSeeOther || !strings.Contains(strings.Join(p.header.Values("Set-Cookie"), " "), "interdict-purpose=work") {
		t.Fatalf("%d %v", status, p.header)
	}
	if spans := q.read().Content.Allegations[0].Spans; len(spans) != 1 {
		t.Errorf("the span is %+v", spans)
	}
}

// What a view of the case shows, and to whom the case is not there.
func TestViewsOfACase(t *testing.T) {
	q := newInquiry(t)
	q.alleges("part", q.material+"/"+q.document, "carried the money")
	q.do("analyst", "dossier.write", q.dossier, body{"open": "They paid for it.", "closed": "A source says so."})
	q.do("analyst", "dossier.date", q.dossier, body{"key": "d1", "when": "about 1987", "text": "Founded.", "assertion": "assessment"})
	q.do("analyst", "dossier.say", q.dossier, body{"key": "s1", "party": "Bank", "field": "born", "value": "1979"})
	q.do("analyst", "dossier.say", q.dossier, body{"key": "s2", "party": "Border", "field": "born", "value": "1978"})
	q.do("analyst", "dossier.link", q.dossier, body{"key": "l1", "to": "PG-2291", "owner": "prosecution", "role": "parallel inquiry"})
	q.do("analyst", "dossier.ask", q.dossier, body{"key": "r1", "what": "request", "to": "bank", "text": "Who holds the account?"})
	views := map[string][]string{
		"":         {"They paid for it.", "A source says so.", "no fact shows", "Lay it before the commission", "Brotherhood of the Grey Lantern"},
		"grounds":  {"carried the money", "shown by a fact"},
		"timeline": {"c. 1987", "Founded."},
		"network":  {"Зебулон Кварренгейт", "carries money for", "XX21 0000 4410", "PG-2291"},
		"requests": {"Who holds the account?", "Agency bank"},
		"text":     {"Open version", "Closed version"},
		"partners": {"they differ", "1979", "1978", "PG-2291"},
		"team":     {"First Analyst", "Admit somebody"},
		"history":  {"dossier: opened", "dossier: asked"},
	}
	views[""][2] = "No fact shows"
	for view, wanted := range views {
		status, p := q.get("analyst", q.path(view))
		if status != http.StatusOK {
			t.Fatalf("%q: %d %s", view, status, p.source)
		}
		p.says(wanted...)
		for _, other := range []string{"analyst-2", "auditor", "liaison-prosecution"} {
			status, p := q.get(other, q.path(view))
			if status != http.StatusNotFound {
				t.Errorf("%s sees %q: %d", other, view, status)
			}
			p.silent("Grey Lantern", "They paid for it")
		}
	}
	if status, _ := q.get("analyst", q.path("nothing")); status != http.StatusNotFound {
		t.Errorf("a view that there is not: %d", status)
	}
}

// The lead, who does not work on the case, reads the open version; an agency sees
// what it was asked.
func TestOpenReadersAndTheAsked(t *testing.T) {
	q := newInquiry(t)
	q.alleges("part", q.material+"/"+q.document, "carried the money")
	q.do("analyst", "dossier.write", q.dossier, body{"open": "They paid for it.", "closed": "A source says so."})
	q.do("analyst", "dossier.allege", q.dossier, body{
		"key": "a-closed", "ground": "act", "element": "part", "assertion": "assessment", "text": "He knew of it.", "based_on": []string{"a-part"}, "closed": true,
	})
	q.do("analyst", "dossier.ask", q.dossier, body{"key": "r1", "what": "request", "to": "bank", "text": "Who holds the account?"})
	status, p := q.get("lead", q.path(""))
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("open version", "They paid for it.")
	_, grounds := q.get("lead", q.path("grounds"))
	for _, p := range []page{p, grounds} {
		p.silent("A source says so", "He knew of it", "Who holds the account")
	}
	for _, view := range []string{"requests", "partners", "team", "history"} {
		if status, _ := q.get("lead", q.path(view)); status != http.StatusNotFound {
			t.Errorf("the lead sees %q of a case that he does not work on: %d", view, status)
		}
	}
	status, p = q.get("liaison-bank", q.path(""))
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("Who holds the account?")
	p.silent("Grey Lantern", "They paid", "First Analyst")
	if len(p.all(with("form", "data-command", "dossier.answer"))) != 1 {
		t.Error("the agency that was asked cannot answer")
	}
	status, _ = q.post("liaison-bank", "/do/dossier.answer/"+q.dossier, url.Values{"key": {"r1"}, "text": {"A charity."}})
	if status != http.StatusSeeOther || q.read().Askings[0].Answer.Text != "A charity." {
		t.Errorf("the answer did not arrive: %d", status)
	}
}

// commission appoints seven members, and lays the case before them.
func (q *inquiry) commission() {
	q.t.Helper()
	for i, seat := range []string{"chair", "two", "three", "four", "five", "six", "seven"} {
		member := fmt.Sprint("member-", i+1)
		q.do("ada", "roster.make_seat", "main", body{"id": seat, "title": "Seat " + seat, "chair": i == 0})
		q.do("ada", "roster.fill_seat", "main", body{"id": seat, "holder": member, "act": "decree 2"})
		public, private, err := ed25519.GenerateKey(rand.Reader)
		q.keys[member] = must(private, err)
		q.do(member, "roster.state_key", "main", body{"key": []byte(public)})
	}
	q.alleges("part", q.material+"/"+q.document, "carried the money")
	q.do("analyst", "dossier.write", q.dossier, body{"open": "They paid for it.", "closed": "A source says so."})
	if status, p := q.post("analyst", "/do/dossier.submit/"+q.dossier, url.Values{}); status != http.StatusSeeOther {
		q.t.Fatalf("laying it before the commission: %d %s", status, p.source)
	}
}

// sits opens a session on the case with five members.
func (q *inquiry) sits() (id string) {
	q.t.Helper()
	status, p := q.post("secretary", "/do/session.call", url.Values{"on": {"2026-03-04T14:00"}, "place": {"Room 4"}})
	if status != http.StatusSeeOther {
		q.t.Fatalf("calling a session: %d %s", status, p.source)
	}
	id = strings.TrimPrefix(p.header.Get("Location"), "/sessions/")
	_, p = q.get("secretary", "/sessions/"+id)
	if len(p.all(with("option", "value", q.dossier))) != 1 {
		q.t.Fatalf("the submitted case cannot be put on the agenda:\n%s", p.source)
	}
	q.do("secretary", "session.agenda", id, body{"key": "1", "dossier": q.dossier, "measure": "freeze", "question": "Are its assets to be frozen?"})
	q.do("secretary", "session.open", id, nil)
	for i := 1; i <= 5; i++ {
		q.do("secretary", "session.come", id, body{"person": fmt.Sprint("member-", i)})
	}
	return id
}

// votes casts the ballot of a member by the form, with the signature over the
// text that stands in the page.
func (q *inquiry) votes(member, id string, choice session.Choice) (int, page) {
	q.t.Helper()
	status, p := q.get(member, "/sessions/"+id+"/vote/1")
	if status != http.StatusOK {
		return status, p
	}
	form := p.all(with("form", "data-command", "session.vote"))[0]
	values := url.Values{"choice": {string(choice)}}
	for _, n := range p.all(with("input", "type", "hidden")) {
		if n.Parent == form {
			values.Set(attr(n, "name"), attr(n, "value"))
		}
	}
	signed := p.all(with("pre", "data-text", string(choice)))[0].FirstChild.Data
	_, file := q.get(member, "/sessions/"+id+"/vote/1/"+string(choice))
	if file.source != signed {
		q.t.Fatalf("the text to take away is another one than the page has:\n%q\n%q", file.source, signed)
	}
	values.Set("signature", string(must(json.Marshal(ed25519.Sign(q.keys[member], []byte(signed))))))
	values.Set("signature", strings.Trim(values.Get("signature"), `"`))
	return q.post(member, "/do/session.vote/"+id, values)
}

func (q *inquiry) session(id string) session.Session {
	return must(q.clerk.Read(context.Background(), clerk.Order{By: "secretary", Purpose: "minutes"}, "session", id, clerk.When{})).Content.(session.Session)
}

func TestASitting(t *testing.T) {
	q := newInquiry(t)
	q.commission()
	id := q.sits()
	if status, _ := q.votes("member-1", id, session.Yes); status != http.StatusConflict {
		t.Errorf("voting before the question is put: %d", status)
	}
	for i := 1; i <= 5; i++ {
		member := fmt.Sprint("member-", i)
		if status, p := q.post(member, "/do/session.declare/"+id, url.Values{"item": {"1"}}); status != http.StatusSeeOther {
			t.Fatalf("declaring: %d %s", status, p.source)
		}
	}
	if status, _ := q.post("secretary", "/do/session.put/"+id, url.Values{"item": {"1"}, "mode": {"open"}}); status != http.StatusSeeOther {
		t.Fatal(status)
	}
	_, p := q.get("member-6", "/sessions/"+id)
	p.says("You are not recorded as present")
	if status, _ := q.votes("member-6", id, session.Yes); status != http.StatusConflict {
		t.Errorf("an absent member votes: %d", status)
	}
	for i := 1; i <= 4; i++ {
		if status, p := q.votes(fmt.Sprint("member-", i), id, session.Yes); status != http.StatusSeeOther {
			t.Fatalf("member %d: %d %s", i, status, p.source)
		}
	}
	q.keys["member-5"] = q.keys["member-6"]
	if status, p := q.votes("member-5", id, session.No); status != http.StatusUnprocessableEntity {
		t.Errorf("a ballot signed with another key: %d %s", status, p.source)
	}
	if n := len(q.session(id).Items[0].Ballots); n != 4 {
		t.Fatalf("%d ballots", n)
	}
	if status, _ := q.votes("member-1", id, session.No); status != http.StatusConflict {
		t.Errorf("voting twice: %d", status)
	}
	q.post("secretary", "/do/session.count/"+id, url.Values{"item": {"1"}})
	_, p = q.get("auditor", "/sessions/"+id+"/recount/1")
	p.says("4 for, 0 against", "The recorded count is the same.", "the signature holds; it counts")
	if status, _ := q.get("lead", "/sessions/"+id+"/recount/1"); status != http.StatusNotFound {
		t.Errorf("the lead counts again, who does not see ballots: %d", status)
	}
	if status, _ := q.get("analyst-2", "/sessions/"+id); status != http.StatusNotFound {
		t.Errorf("an analyst sees the session: %d", status)
	}
}

// Whoever stands aside has neither the item nor the case any more.
func TestStandingAside(t *testing.T) {
	q := newInquiry(t)
	q.commission()
	id := q.sits()
	_, p := q.get("member-7", "/sessions/"+id)
	p.says("Are its assets to be frozen?")
	status, _ := q.post("member-7", "/do/session.declare/"+id, url.Values{"item": {"1"}, "conflict": {"true"}, "reason": {"my brother drove it"}, "_next": {"/sessions/" + id}})
	if status != http.StatusSeeOther {
		t.Fatal(status)
	}
	status, p = q.get("member-7", "/sessions/"+id)
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.silent("Are its assets to be frozen", q.dossier)
	for _, path := range []string{"/dossiers/" + q.dossier, "/sessions/" + id + "/vote/1", "/sessions/" + id + "/recount/1"} {
		if status, p := q.get("member-7", path); status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, status, p.source)
		}
	}
}

// decided is a draft on what a session carried.
func (q *inquiry) drafts(t *testing.T) (id string) {
	q.commission()
	s := q.sits()
	for i := 1; i <= 5; i++ {
		q.do(fmt.Sprint("member-", i), "session.declare", s, body{"item": "1", "conflict": false})
	}
	q.do("secretary", "session.put", s, body{"item": "1", "mode": "open"})
	for i := 1; i <= 5; i++ {
		if status, p := q.votes(fmt.Sprint("member-", i), s, session.Yes); status != http.StatusSeeOther {
			t.Fatalf("%d %s", status, p.source)
		}
	}
	q.do("secretary", "session.count", s, body{"item": "1"})
	// The analyst does not read sessions: the case leads to the draft.
	_, p := q.get("analyst", "/decisions/new?dossier="+q.dossier+"&measure=freeze&session="+s)
	form := p.all(with("form", "data-command", "decision.draft"))
	if len(form) != 1 {
		t.Fatalf("no form:\n%s", p.source)
	}
	values := url.Values{"open": {"They paid for it."}, "closed": {"A source says so."}}
	for _, n := range p.all(with("input", "type", "hidden")) {
		if n.Parent == form[0] {
			values.Set(attr(n, "name"), attr(n, "value"))
		}
	}
	status, p := q.post("analyst", "/do/decision.draft", values)
	if status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, p.source)
	}
	return strings.TrimPrefix(p.header.Get("Location"), "/decisions/")
}

func TestSigning(t *testing.T) {
	q := newInquiry(t)
	id := q.drafts(t)
	at := "/decisions/" + id
	if status, _ := q.get("member-2", at); status != http.StatusOK {
		t.Errorf("a signatory of the commission: %d", status)
	}
	status, p := q.get("analyst", at)
	if status != http.StatusOK || len(p.all(with("form", "data-command", "decision.sign"))) != 0 {
		t.Errorf("the drafter is offered to sign: %d", status)
	}
	_, p = q.get("member-1", at)
	p.says("They paid for it.", "A source says so.", "You sign what stands above")
	digest := attr(p.all(with("input", "name", "digest"))[0], "value")
	_, signed := q.get("member-1", at+"/signed")
	if sum := sha256.Sum256([]byte(signed.source)); hex.EncodeToString(sum[:]) != digest {
		t.Error("the digest is not that of the bytes that are given")
	}
	q.do("analyst", "decision.revise", id, body{"text": body{"open": "They paid twice."}, "reason": "a slip"})
	status, p = q.post("member-1", "/do/decision.sign/"+id, url.Values{"office": {"chair"}, "digest": {digest}})
	if status != http.StatusConflict {
		t.Errorf("a signature on another text: %d", status)
	}
	p.says("another one than was read")
	_, p = q.get("member-1", at)
	digest = attr(p.all(with("input", "name", "digest"))[0], "value")
	if status, p = q.post("member-1", "/do/decision.sign/"+id, url.Values{"office": {"chair"}, "digest": {digest}}); status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, p.source)
	}
	_, p = q.get("analyst", at)
	p.says("in force", "passed", "draft: lift")
	// The secretary reads the open reasons, and not what was signed whole.
	_, p = q.get("secretary", at)
	p.says("They paid twice.")
	p.silent("A source says so")
	if status, _ := q.get("secretary", at+"/signed"); status != http.StatusNotFound {
		t.Errorf("the secretary gets the closed reasons: %d", status)
	}
	if status, _ := q.get("liaison-bank", at); status != http.StatusNotFound {
		t.Errorf("an agency sees the decision: %d", status)
	}
	d := must(q.clerk.Read(t.Context(), clerk.Order{By: "member-1", Purpose: "x"}, "decision", id, clerk.When{})).Content.(clerk.DecisionSeen)
	if d.State != decision.InForce || d.Signatures[0].By != roster.PersonID("member-1") {
		t.Errorf("%+v", d.Signatures)
	}
}

// Who sees the open version alone drafts under the law that the case was laid
// before the commission under, as everybody else.
func TestDraftingUnderTheLawOfTheCase(t *testing.T) {
	h := newHouse(t)
	of := h.submitted("Northern Group")
	h.do("lead", "statute.adopt", "main", body{"preset": "uk-2019", "reason": "act 2"})
	if _, open := must(h.clerk.Read(t.Context(), orderOf("lead"), "dossier", of, clerk.When{})).Content.(clerk.DossierSeen); !open {
		t.Fatal("the lead sees more than the open version")
	}
	for _, who := range []string{"analyst", "lead"} {
		status, p := h.get(who, "/decisions/new?dossier="+of)
		if status != http.StatusOK {
			t.Fatalf("%s: %d", who, status)
		}
		p.says("The chair signs what another person drafted")
	}
}
