package web_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/roster"
	"interdict/internal/session"
	"interdict/internal/statute"
)

var seats = []string{"chair", "intelligence", "prosecution", "bank", "interior", "security", "foreign"}

// appoint makes the seats of the statute and fills them; the members state their
// keys.
func (h *house) appoint() map[string]ed25519.PrivateKey {
	h.t.Helper()
	keys := map[string]ed25519.PrivateKey{}
	for i, seat := range seats {
		member := fmt.Sprint("member-", i+1)
		h.do("ada", "roster.make_seat", "main", body{"id": seat, "title": seat, "chair": i == 0})
		h.do("ada", "roster.fill_seat", "main", body{"id": seat, "holder": member, "act": "decree 2"})
		public, private, err := ed25519.GenerateKey(rand.Reader)
		must(public, err)
		keys[member] = private
		h.do(member, "roster.state_key", "main", body{"key": public})
	}
	return keys
}

// submitted is the dossier of an organisation, ready for the commission: one
// allegation on one paper.
func (h *house) submitted(name string) string {
	h.t.Helper()
	paper := "A paper on the " + name + "."
	m := h.do("liaison-prosecution", "material.submit", "", body{
		"title": "Paper", "sort": "media", "handling": body{"tlp": "green"}, "documents": []body{{"name": "paper.txt", "content": []byte(paper)}},
	}).ID
	id := h.do("analyst", "dossier.open", "", body{"title": "Case of the " + name, "subject": someone(name)}).ID
	seen := must(h.clerk.Read(h.t.Context(), orderOf("analyst"), "material", m, clerk.When{})).Content.(clerk.MaterialSeen)
	ground := must(statute.Named("model-1373")).Checklist()[0]
	h.do("analyst", "dossier.allege", id, body{
		"key": "a1", "ground": ground.Code, "element": ground.Elements[0], "text": "It takes part.", "assertion": "fact", "sort": "media",
		"spans": []body{{"material": m, "document": seen.Documents[0].Hash, "start": 0, "end": len(paper)}},
	})
	h.do("analyst", "dossier.write", id, body{"open": "Open text of the analyst.", "closed": "Closed text of the analyst."})
	h.do("analyst", "dossier.submit", id, nil)
	return id
}

func orderOf(who string) clerk.Order {
	return clerk.Order{By: roster.PersonID(who), Purpose: "test of the pages"}
}

// voted holds a session that carries a freeze on a dossier, and returns it.
func (h *house) voted(of string, keys map[string]ed25519.PrivateKey) string {
	h.t.Helper()
	id := h.do("secretary", "session.call", "", body{"on": h.clock.now().Add(24 * time.Hour), "place": "hall"}).ID
	h.do("secretary", "session.agenda", id, body{"key": "1", "dossier": of, "measure": "freeze", "question": "Freeze?"})
	h.do("secretary", "session.open", id, nil)
	for i := range seats {
		member := fmt.Sprint("member-", i+1)
		h.do("secretary", "session.come", id, body{"person": member})
		h.do(member, "session.declare", id, body{"item": "1", "conflict": false})
	}
	h.do("secretary", "session.put", id, body{"item": "1", "mode": "open"})
	sat := must(h.clerk.Read(h.t.Context(), orderOf("secretary"), "session", id, clerk.When{})).Content.(session.Session)
	for i, seat := range seats {
		member := fmt.Sprint("member-", i+1)
		b := session.Ballot{Item: "1", Seat: roster.SeatID(seat), Person: roster.PersonID(member), Choice: session.Yes}
		h.do(member, "session.vote", id, body{
			"item": "1", "seat": seat, "choice": "yes", "signature": ed25519.Sign(keys[member], b.Text(sat.ID, sat.Items[0].Agendum)),
		})
	}
	h.do("secretary", "session.count", id, body{"item": "1"})
	h.do("secretary", "session.close", id, nil)
	return id
}

// frozen designates an organisation by the whole way of the statute, and returns
// the dossier and the decision.
func (h *house) frozen(name string) (of, decision string) {
	h.t.Helper()
	keys := h.appoint()
	of = h.submitted(name)
	sat := h.voted(of, keys)
	d := h.do("analyst", "decision.draft", "", body{
		"dossier": of, "session": sat, "measure": "freeze", "open": "Open reasons of the analyst.", "closed": "Closed reasons of the analyst.",
	}).ID
	read := must(h.clerk.Read(h.t.Context(), orderOf("member-1"), "decision", d, clerk.When{})).Content.(clerk.DecisionSeen)
	h.do("member-1", "decision.sign", d, body{"office": "chair", "digest": read.Digest})
	state := must(h.clerk.Read(h.t.Context(), orderOf("analyst"), "dossier", of, clerk.When{})).Content.(dossier.Dossier).State
	if state != dossier.Decided {
		h.t.Fatalf("the dossier is %s", state)
	}
	return of, d
}
