package api_test

import (
	"crypto/ed25519"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// TestClocks lets time pass over everything that has a clock, with two clerks
// that look at the clock at once: what silence did is recorded once, however
// often they look, and nothing before its time.
func TestClocks(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHouse(t, e.open)
			h.people()
			h.person("officer", "Officer", "bank", "officer")
			c := &clocks{story: newStory(h.t, h, "model-1373")}
			c.clerks = []*clerk.Clerk{h.clerk, clerk.New(h.clerk.Config)}
			must(t, h.clerk.NoteRegister(t.Context())) // as a server does at its start
			c.materials()
			c.dossier()
			c.request() // answered; the next one is not
			c.do("analyst-1", "dossier.ask", c.dossID, body{"key": "r2", "what": "request", "to": "bank", "text": "And now?"})
			c.passes(24*time.Hour, "", "")
			c.passes(20*24*time.Hour, "dossier.overdue", "dossier/"+c.dossID)

			c.do("analyst-1", "dossier.submit", c.dossID, nil)
			c.appoint()
			sat := c.writtenVote()
			c.passes(47*time.Hour, "", "")
			c.passes(2*time.Hour, "session.item_carried", "session/"+sat)

			until := c.clock.now().Add(500 * 24 * time.Hour)
			c.decision = c.do("analyst-1", "decision.draft", "", body{
				"dossier": c.dossID, "session": sat, "measure": "freeze", "open": "It takes part in terrorist acts.", "until": until,
			}).ID
			c.signed(c.decision)
			c.listed = c.screen("Islamic State of Iraq and the Levant").Hits[0].Subject
			petition := c.do("secretary", "petition.lodge", "", body{
				"plea": "delisting", "against": c.decision, "petitioner": someone("A Lawyer"), "text": "It is over.",
			}).ID
			exclusion := c.exclusion()
			c.passes(24*time.Hour, "report.edition_carried", "edition/000000") // nobody had to act on it
			c.passes(30*24*time.Hour, "alert.exclusion_ended", "exclusion/"+exclusion)
			c.passes(40*24*time.Hour, "petition.deemed_refused", "petition/"+petition)
			c.passes(310*24*time.Hour, "petition.review_missed", "review/"+c.decision)
			c.passes(200*24*time.Hour, "decision.ended", "decision/"+c.decision)
			if a := c.screen("Islamic State of Iraq and the Levant"); len(a.Hits) > 0 && a.Hits[0].Band != "weak" {
				t.Errorf("an expired freeze is still %s in the own list", a.Hits[0].Band)
			}
			rebuilt, err := h.clerk.Rebuild(t.Context(), nil)
			must(t, err)
			if len(rebuilt.Differ) > 0 {
				t.Errorf("views rebuilt otherwise: %q", rebuilt.Differ)
			}
		})
	}
}

type clocks struct {
	*story
	clerks []*clerk.Clerk
}

// passes lets time pass and both clerks look, several times at once. An event of
// the kind is then in the ledger, once; with no kind, nothing is.
func (c *clocks) passes(d time.Duration, kind, stream string) {
	c.t.Helper()
	c.clock.move(d)
	head, err := c.store.Head(c.t.Context())
	must(c.t, err)
	var wait sync.WaitGroup
	for i := range 6 {
		wait.Go(func() {
			if _, err := c.clerks[i%2].Tick(c.t.Context()); err != nil {
				c.t.Errorf("after %s: %v", d, err)
			}
		})
	}
	wait.Wait()
	var kinds []string
	for e, err := range c.store.Walk(c.t.Context(), head.Size) {
		must(c.t, err)
		if e.Envelope.By != string(roster.System) {
			c.t.Errorf("%s was done by %s", e.Envelope.Kind, e.Envelope.By)
		}
		kinds = append(kinds, e.Envelope.Kind+" "+e.Envelope.Stream)
	}
	want := kind + " " + stream
	if kind == "" && len(kinds) > 0 {
		c.t.Errorf("before its time, after %s: %q", d, kinds)
	}
	if n := len(slices.DeleteFunc(slices.Clone(kinds), func(k string) bool { return k != want })); kind != "" && n != 1 {
		c.t.Errorf("after %s, %q is recorded %d times: %q", d, want, n, kinds)
	}
}

// writtenVote puts a question in writing; five members answer, one less than all.
func (c *clocks) writtenVote() string {
	id := c.do("secretary", "session.call", "", body{"on": c.clock.now().Add(24 * time.Hour), "place": "in writing"}).ID
	c.do("secretary", "session.agenda", id, body{"key": "1", "dossier": c.dossID, "measure": "freeze", "question": "Freeze?"})
	c.do("secretary", "session.open", id, nil)
	for i := range seats {
		member := fmt.Sprint("member-", i+1)
		c.do("secretary", "session.come", id, body{"person": member})
		c.do(member, "session.declare", id, body{"item": "1", "conflict": false})
	}
	c.do("secretary", "session.put", id, body{"item": "1", "mode": "written"})
	var sat session.Session
	c.read("secretary", "session", id, "", &sat)
	for i := range 5 {
		member := fmt.Sprint("member-", i+1)
		b := session.Ballot{Item: "1", Seat: roster.SeatID(seats[i]), Person: roster.PersonID(member), Choice: session.Yes}
		sign := ed25519.Sign(c.keys[member], b.Text(sat.ID, sat.Items[0].Agendum))
		c.do(member, "session.vote", id, body{"item": "1", "seat": b.Seat, "choice": session.Yes, "signature": sign})
	}
	c.refused("secretary", "session.count", id, body{"item": "1"}, http.StatusConflict)
	return id
}

// exclusion is one of the bank's that ends in a fortnight.
func (c *clocks) exclusion() string {
	a := c.do("officer", "alert.raise", "", body{"channel": "onboarding", "source": "customer 7", "subject": someone("Islamic State of Iraq and the Levant")}).ID
	c.do("officer", "alert.different", a, body{"key": "1", "reason": "a bakery"})
	id := c.do("officer", "exclusion.request", "", body{"alert": a, "hit": "1", "code": "other", "reason": "a bakery", "until": c.clock.now().Add(14 * 24 * time.Hour)}).ID
	c.person("officer-2", "Second officer", "bank", "officer")
	c.do("officer-2", "exclusion.approve", id, body{"note": "seen"})
	return id
}

// A decision that is published by nobody, because the process died after it took
// effect, stands in the own list as soon as another process publishes it.
func TestPublishedAfterADeath(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	s := newStory(h.t, h, "model-1373")
	s.materials()
	s.dossier()
	s.do("analyst-1", "dossier.submit", s.dossID, nil)
	s.appoint()
	s.vote()
	var d struct {
		Digest string `json:"digest"`
	}
	s.read("member-1", "decision", s.decision, "", &d)
	config := h.clerk.Config
	config.Register = nil // dies before it publishes
	dying := clerk.New(config)
	_, err := dying.Do(t.Context(), clerk.Order{By: "member-1"}, "decision.sign", s.decision, fmt.Appendf(nil, `{"office":"chair","digest":%q}`, d.Digest))
	must(t, err)
	if a := s.screen("Islamic State of Iraq and the Levant"); a.Status == "hits" {
		t.Fatalf("it stands in the list already: %+v", a)
	}
	for range 2 { // publishing again changes nothing
		edition, err := h.clerk.PublishList(t.Context())
		must(t, err)
		var x decision.Decision
		s.read("analyst-1", "decision", s.decision, "", &x)
		if len(x.Editions) != 1 || x.Editions[0].Edition != edition {
			t.Errorf("published as %q, the decision stands in %v", edition, x.Editions)
		}
	}
	s.found()
}
