package statute

import (
	"strings"
	"testing"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/record"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// A decision can be drafted on every track, and only on tracks that Check lets
// pass: the room decision is asked itself.
func TestADecisionTakesTheWay(t *testing.T) {
	for _, s := range All() {
		for _, tr := range s.Tracks {
			for _, m := range tr.Decides {
				way, err := s.Way(m, tr.ID)
				if err != nil {
					t.Fatal(err)
				}
				if err := draft(way.Way(), m); err != nil {
					t.Errorf("%s, track %s, %s: %v", s.ID, tr.ID, m, err)
				}
			}
		}
	}
	s := law(t, "uk-2019")
	if w, err := s.Way(decision.Freeze, ""); err != nil || w.ID != "standard" {
		t.Errorf("a freeze takes track %q, %v", w.ID, err)
	}
	if _, err := s.Way(decision.Lift, "urgent"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a lifting on the urgent track: %v", err)
	}
	if _, err := law(t, "in-uapa").Way(decision.Extend, ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an extension that nobody decides: %v", err)
	}
}

var at = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// draft asks the room decision whether it takes the stages. A vote apart: there
// is no session here, and that it is asked for is what is wanted.
func draft(stages []decision.Stage, m decision.Measure) error {
	x := decision.Drafted{
		ID: id.New[decision.Decision]([10]byte{1}), Measure: m, Stages: stages, Text: decision.Text{Open: "reasons"},
		Subject: record.Subject{Names: []record.Name{{Full: "Ivan Example"}}},
		Pin:     dossier.Pin{Statute: "x", StatuteVersion: "1", Dossier: id.New[dossier.Dossier]([10]byte{2}), Digest: "d", Snapshot: "s"},
	}
	switch m {
	case decision.Amend, decision.Lift, decision.Extend, decision.Exemption:
		x.Target = id.New[decision.Decision]([10]byte{3})
	}
	switch m {
	case decision.Exemption:
		x.Allowance = &decision.Allowance{Kind: "basic_expenses", Terms: "rent"}
	case decision.Certificate:
		x.Bearer = &decision.Bearer{Subject: "s", Entry: "e", EntryVersion: "1", Name: "n"}
	case decision.Extend:
		x.Until = at.Add(time.Hour)
	}
	_, err := decision.Decision{}.Draft(roster.Person{ID: "a", Roles: []roster.Role{roster.Analyst}}, at, session.Session{}, x, deadline.Named)
	if err != nil && strings.Contains(err.Error(), "did not vote on") {
		return nil
	}
	return err
}

func TestTheListOfTheCommissionSpeaksItsStatute(t *testing.T) {
	l, err := law(t, "tr-6415").List("own")
	if err != nil {
		t.Fatal(err)
	}
	if l.Authority != "Evaluation Commission" || l.Zone.String() != "Europe/Istanbul" || l.Guidance == "" || l.Recourse == "" || len(l.Basis) != 1 {
		t.Errorf("%+v", l)
	}
}

func TestAVersionIsValidInItsTime(t *testing.T) {
	s := law(t, "ru-2015")
	for text, want := range map[string]bool{"2015-11-17": false, "2015-11-18": true, "2025-10-22": true, "2025-10-23": false} {
		d, err := deadline.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.InForce(d); got != want {
			t.Errorf("in force on %s: %t", d, got)
		}
	}
	if !law(t, Default).InForce(deadline.Day{Year: 1}) {
		t.Error("a version without bounds is not in force")
	}
}

func TestWhereNobodyVotesThereAreNoRules(t *testing.T) {
	if _, err := law(t, "uk-2019").Rules(); fault.KindOf(err) != fault.Conflict {
		t.Errorf("rules where nobody votes: %v", err)
	}
	r, err := law(t, Default).Rules()
	if err != nil || r.Quorum.Need(7) != 4 || r.Tie != session.ChairCasts {
		t.Errorf("rules %+v, %v", r, err)
	}
}

// Seats, grounds and kinds of event are those of the rooms.
func TestTheRoomsTakeWhatAStatuteSays(t *testing.T) {
	for _, s := range All() {
		r := roster.Roster{}
		for _, seat := range s.Composition.Seats {
			events, err := r.MakeSeat(seat)
			if err != nil {
				t.Fatalf("%s: %v", s.ID, err)
			}
			for _, e := range events {
				r = r.Apply(e, event.Envelope{At: at})
			}
		}
		if len(r.Composition()) != len(s.Composition.Seats) {
			t.Errorf("%s: %d seats made of %d", s.ID, len(r.Composition()), len(s.Composition.Seats))
		}
		elements := 0
		for _, g := range s.Checklist() {
			elements += len(g.Elements)
		}
		if gaps := (dossier.Dossier{}).Gaps(s.Checklist()); len(gaps) != elements || elements == 0 {
			t.Errorf("%s: an empty dossier has %d gaps in %d elements", s.ID, len(gaps), elements)
		}
	}
}
