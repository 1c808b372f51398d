package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"interdict/internal/material"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// matter is one case: who it is about, what came in, and what it shows.
type matter struct {
	title   string
	subject body
	from    roster.PersonID // liaison officer who hands the material in
	sender  string          // the sender's own number
	paper   string          // title of the material
	sort    material.Sort
	tlp     material.TLP
	text    string    // of its document
	shows   [2]string // words of it: that there was an act, and the subject's part in it
	open    string
	closed  string

	dossier, material, document, decision string // ids
	reference                             string // in the list
}

func names(kind string, full ...string) body {
	var all []body
	for _, n := range full {
		all = append(all, body{"full": n})
	}
	return body{"kind": kind, "names": all}
}

// with returns b with more fields.
func (b body) with(more body) body {
	out := body{}
	for k, v := range b {
		out[k] = v
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

// handIn hands a text in as a material, and returns the id.
func (t *teller) handIn(who roster.PersonID, text string, b body) (id, document string) {
	done := t.do(who, "material.submit", "", b.with(body{
		"documents": []body{{"name": "text.txt", "content": []byte(text)}},
	}))
	sum := sha256.Sum256([]byte(text))
	return done.ID, hex.EncodeToString(sum[:])
}

// opens opens the dossier and takes the material in.
func (t *teller) opens(m *matter, by roster.PersonID) {
	m.dossier = t.do(by, "dossier.open", "", body{"title": m.title, "subject": m.subject}).ID
	m.material, m.document = t.handIn(m.from, m.text, body{
		"title": m.paper, "reference": m.sender, "sort": m.sort, "handling": body{"tlp": m.tlp},
		"grade": body{"scheme": "admiralty", "source": "B", "information": "2"},
	})
	t.tie(m.material, m.dossier, by)
}

// tie links what a material says of the subject of a dossier to it.
func (t *teller) tie(of, dossier string, by roster.PersonID) {
	var m struct {
		Mentions []material.Judged `json:"mentions"`
	}
	t.read(by, "material", of, &m)
	for _, x := range m.Mentions {
		if x.Dossier && x.Target == dossier {
			t.do(by, "material.link_mention", of, body{"key": x.Key, "dossier": dossier, "reason": "the names and the place agree"})
		}
	}
}

// span is where words stand in the matter's document.
func (m *matter) span(words string) body {
	at := strings.Index(m.text, words)
	return body{"material": m.material, "document": m.document, "start": at, "end": at + len(words)}
}

// builds says what is so, what shows it, and lays the case before the commission.
func (t *teller) builds(m *matter, by roster.PersonID) {
	for i, element := range []string{"act", "part"} {
		t.do(by, "dossier.allege", m.dossier, body{
			"key": "a-" + element, "ground": "act", "element": element, "assertion": "fact", "sort": m.sort,
			"text": m.shows[i], "spans": []body{m.span(m.shows[i])},
		})
	}
	t.do(by, "dossier.write", m.dossier, body{"open": m.open, "closed": m.closed})
	t.do(by, "dossier.submit", m.dossier, nil)
}

// sits holds a session on matters, in the afternoon three days after it was
// called: those present declare, vote on each in turn, and the last of them
// votes no where dissent says so.
func (t *teller) sits(daysAgo int, measure string, present []roster.PersonID, dissent string, on ...*matter) (id string) {
	id = t.convene(daysAgo, measure, on...)
	t.gather(id, present, len(on))
	for i := range on {
		item := itemKey(i)
		t.do(secretary, "session.put", id, body{"item": item, "mode": "open"})
		for n, who := range present {
			choice := session.Yes
			if dissent != "" && n == len(present)-1 {
				choice = session.No
			}
			t.vote(id, item, who, choice)
		}
		t.do(secretary, "session.count", id, body{"item": item})
		if dissent != "" {
			t.do(present[len(present)-1], "session.dissent", id, body{"item": item, "text": dissent})
		}
	}
	t.do(secretary, "session.close", id, body{"note": "closed with thanks"})
	return id
}

// convene calls a session, puts the matters on its agenda and goes to its day.
func (t *teller) convene(daysAgo int, measure string, on ...*matter) (id string) {
	day := t.start.AddDate(0, 0, -daysAgo)
	when := time.Date(day.Year(), day.Month(), day.Day(), 14, 0, 0, 0, time.UTC)
	id = t.do(secretary, "session.call", "", body{"on": when, "place": "Customs House, room 4"}).ID
	for i, m := range on {
		t.do(secretary, "session.agenda", id, body{"key": itemKey(i), "dossier": m.dossier, "measure": measure, "question": question(measure, m)})
	}
	t.at(when)
	return id
}

func question(measure string, m *matter) string {
	if measure == "lift" {
		return "Is the freeze on " + m.title + " to be lifted?"
	}
	return "Are the assets of " + m.title + " to be frozen?"
}

func itemKey(i int) string { return string(rune('1' + i)) }

// gather opens a session with those present, who have no interest in its items.
func (t *teller) gather(id string, present []roster.PersonID, items int) {
	t.do(secretary, "session.open", id, nil)
	for _, who := range present {
		t.do(secretary, "session.come", id, body{"person": who})
	}
	for i := range items {
		for _, who := range present {
			t.do(who, "session.declare", id, body{"item": itemKey(i), "conflict": false})
		}
	}
}

// decides drafts what a session decided and has the chair sign it.
func (t *teller) decides(m *matter, by roster.PersonID, session, measure string, more body) string {
	id := t.do(by, "decision.draft", "", body{
		"dossier": m.dossier, "session": session, "measure": measure, "open": m.open, "closed": m.closed,
	}.with(more)).ID
	t.sign(chair, "chair", id)
	t.listed(m)
	return id
}
