package clerk

import (
	"slices"
	"time"

	"interdict/internal/access"
	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// agendum lists a submitted dossier with a question.
type agendum struct {
	Key      string     `json:"key"`
	Dossier  dossier.ID `json:"dossier"`
	Measure  string     `json:"measure" enum:"freeze,refuse,amend,lift,extend,exemption,certificate"`
	Question string     `json:"question"`
}

// ballot is a vote with its signature; session.Ballot.Text says what is signed.
type ballot struct {
	Item      string         `json:"item"`
	Seat      roster.SeatID  `json:"seat"`
	Choice    session.Choice `json:"choice" enum:"yes,no,abstain"`
	Signature []byte         `json:"signature" doc:"Ed25519, in base64, over the text of the ballot"`
}

type onItem struct {
	Item string `json:"item"`
}

var sessionCommands = []Command{
	making("session.call", "Call the commission together under the statute in force.", func(t *Turn, _ calling) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, func(t *Turn, b calling) error {
		law, err := t.law()
		if err != nil {
			return err
		}
		rules, err := law.Rules()
		if err != nil {
			return err
		}
		id, err := newID[session.Session](t.clerk)
		if err != nil {
			return err
		}
		events, err := session.Session{}.Call(t.By, t.At, session.Convened{
			ID: id, Statute: law.ID, StatuteVersion: law.Version, Rules: rules, On: b.On.UTC(), Place: b.Place,
		})
		if err != nil {
			return err
		}
		return t.add(session.Stream(id), events...)
	}),
	verb("session.invite", "Ask a member, an official or an expert to come.", func(_ *Turn, s session.Session, b session.Invited) ([]event.Event, error) {
		return s.Invite(b.Who, b.Reason)
	}),
	verb("session.agenda", "Put a submitted dossier on the agenda.", func(t *Turn, s session.Session, b agendum) ([]event.Event, error) {
		if err := t.reaches("dossier", b.Dossier.String()); err != nil {
			return nil, err
		}
		d, err := get[dossier.Dossier](t, dossier.Stream(b.Dossier))
		if err != nil {
			return nil, err
		}
		if d.State != dossier.Submitted {
			return nil, fault.New(fault.Conflict, "dossier %s is %s: submit it first", d.ID, d.State)
		}
		return s.List(session.Agendum{Key: b.Key, Pin: d.Pins[len(d.Pins)-1], Measure: b.Measure, Question: b.Question})
	}),
	verb("session.open", "Open the session with the composition as it is.", func(t *Turn, s session.Session, _ nothing) ([]event.Event, error) {
		return s.Open(session.SeatsOf(t.Roster))
	}),
	verb("session.come", "Record that a member is there.", func(_ *Turn, s session.Session, b struct {
		Person roster.PersonID `json:"person"`
	},
	) ([]event.Event, error) {
		return s.Come(b.Person)
	}),
	verb("session.go", "Record that a member left.", func(_ *Turn, s session.Session, b struct {
		Person roster.PersonID `json:"person"`
	},
	) ([]event.Event, error) {
		return s.Go(b.Person)
	}),
	verb("session.declare", "Declare your interests in an item; with a conflict you are recused.", func(t *Turn, s session.Session, b struct {
		onItem
		Conflict bool   `json:"conflict"`
		Reason   string `json:"reason,omitempty"`
	},
	) ([]event.Event, error) {
		return s.Declare(t.By, b.Item, b.Conflict, b.Reason)
	}),
	verb("session.recuse", "Take a member out of an item.", func(t *Turn, s session.Session, b struct {
		onItem
		Member roster.PersonID `json:"member"`
		Reason string          `json:"reason"`
	},
	) ([]event.Event, error) {
		return s.Recuse(t.By, b.Item, b.Member, b.Reason)
	}),
	verb("session.note", "Keep what was deliberated on an item.", func(_ *Turn, s session.Session, b session.Noted) ([]event.Event, error) {
		return s.Note(b.Item, b.Text)
	}),
	verb("session.put", "Put the question.", func(t *Turn, s session.Session, b struct {
		onItem
		Mode session.Mode `json:"mode" enum:"open,written,no_objection"`
	},
	) ([]event.Event, error) {
		var clock deadline.Clock
		if b.Mode != session.OpenVote {
			var err error
			if clock, err = t.clock(string(b.Mode), t.At); err != nil {
				return nil, err
			}
		}
		return s.Put(t.At, b.Item, b.Mode, clock)
	}),
	verb("session.vote", "Cast your ballot, signed with your own key.", func(t *Turn, s session.Session, b ballot) ([]event.Event, error) {
		return s.Vote(t.By, t.At, session.Ballot{Item: b.Item, Seat: b.Seat, Person: t.By.ID, Choice: b.Choice, Signature: b.Signature})
	}),
	verb("session.count", "End a vote and count it.", func(t *Turn, s session.Session, b onItem) ([]event.Event, error) {
		return s.Count(t.At, b.Item)
	}),
	verb("session.dissent", "Record your opinion against the result.", func(t *Turn, s session.Session, b struct {
		onItem
		Text string `json:"text"`
	},
	) ([]event.Event, error) {
		return s.Dissent(t.By, b.Item, b.Text)
	}),
	verb("session.adjourn", "Leave an item to another session.", func(_ *Turn, s session.Session, b struct {
		onItem
		Reason string `json:"reason"`
	},
	) ([]event.Event, error) {
		return s.Adjourn(b.Item, b.Reason)
	}),
	verb("session.close", "End the session.", func(_ *Turn, s session.Session, b session.Ended) ([]event.Event, error) {
		return s.Close(b.Note)
	}),
	verb("session.cancel", "Call the session off before it opens.", func(_ *Turn, s session.Session, b because) ([]event.Event, error) {
		return s.Cancel(b.Reason)
	}),
}

// calling calls the commission together.
type calling struct {
	On    time.Time `json:"on"`
	Place string    `json:"place"`
}

var sessionRoom = roomOf("session", session.Events,
	func(s session.Session) row {
		r := row{state: string(s.State)}
		for _, i := range s.Items {
			if i.State == session.Voting && !i.Clock.Due.IsZero() {
				r.due = earlier(r.due, i.Clock.Due)
			}
		}
		return r
	},
	func(s session.Session) []tie {
		var ties []tie
		for _, i := range s.Items {
			if t := (tie{"item", dossier.Stream(i.Pin.Dossier)}); !slices.Contains(ties, t) {
				ties = append(ties, t)
			}
		}
		return ties
	},
	func(s session.Session) access.Resource {
		return access.Resource{Kind: "session", ID: s.ID.String(), State: string(s.State)}
	})

// earlier returns the earlier of two instants as the views keep them; 0 is none.
func earlier(a int64, b time.Time) int64 {
	if m := micro(b); a == 0 || m != 0 && m < a {
		return m
	}
	return a
}

func contains[T comparable](all []T, one T) bool { return slices.Contains(all, one) }
