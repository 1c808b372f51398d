package session

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/id"
	"interdict/internal/roster"
)

// ID is the id of a session.
type ID = id.Of[Session]

// IDPrefix begins the ids of sessions.
func (Session) IDPrefix() string { return "S" }

// Stream returns the stream of a session.
func Stream(i ID) string { return "session/" + i.String() }

// State is where a session stands.
type State string

// States.
const (
	Called    State = "called"
	Open      State = "open"
	Closed    State = "closed"
	Cancelled State = "cancelled"
)

// Transitions are the states of a session.
var Transitions = event.Table[State]{
	"":     {"session.called": Called},
	Called: {"session.opened": Open, "session.cancelled": Cancelled},
	Open:   {"session.closed": Closed},
}

// ItemState is where an item of the agenda stands.
type ItemState string

// States of an item. An adjourned one comes to another session.
const (
	Listed    ItemState = "listed"
	Voting    ItemState = "voting"
	Agreed    ItemState = "carried"
	Defeated  ItemState = "failed"
	Adjourned ItemState = "adjourned"
)

// ItemTransitions are the states of an item.
var ItemTransitions = event.Table[ItemState]{
	"":     {"session.item_listed": Listed},
	Listed: {"session.vote_opened": Voting, "session.item_adjourned": Adjourned},
	Voting: {"session.item_carried": Agreed, "session.item_failed": Defeated, "session.item_adjourned": Adjourned},
}

// Mode is how an item is voted on.
type Mode string

// Modes.
const (
	OpenVote    Mode = "open"         // in the sitting, by those present
	WrittenVote Mode = "written"      // by those who answer in time
	NoObjection Mode = "no_objection" // silence approves
)

// Seat is a seat of the commission as it was when the session opened.
type Seat struct {
	ID        roster.SeatID   `json:"id"`
	Chair     bool            `json:"chair,omitempty"`
	Holder    roster.PersonID `json:"holder,omitempty"` // empty if vacant
	Deputy    roster.PersonID `json:"deputy,omitempty"`
	HolderKey []byte          `json:"holder_key,omitempty"` // Ed25519
	DeputyKey []byte          `json:"deputy_key,omitempty"`
}

// Key returns the key of a person on the seat.
func (s Seat) Key(p roster.PersonID) []byte {
	switch {
	case p == "":
		return nil
	case p == s.Holder:
		return s.HolderKey
	case p == s.Deputy:
		return s.DeputyKey
	}
	return nil
}

// SeatsOf returns the composition as it is now.
func SeatsOf(r roster.Roster) []Seat {
	var seats []Seat
	for _, s := range r.Composition() {
		seats = append(seats, Seat{
			ID: s.ID, Chair: s.Chair, Holder: s.Holder, Deputy: s.Deputy,
			HolderKey: r.People[s.Holder].Key, DeputyKey: r.People[s.Deputy].Key,
		})
	}
	return seats
}

// Agendum is a question put to the commission about a submitted dossier.
type Agendum struct {
	Key      string      `json:"key"`
	Pin      dossier.Pin `json:"pin"`     // the version that every member reads
	Measure  string      `json:"measure"` // freeze, lift …
	Question string      `json:"question"`
}

// Item is an item of the agenda as it stands.
type Item struct {
	Agendum
	State    ItemState         `json:"state"`
	Mode     Mode              `json:"mode,omitempty"`
	Clock    deadline.Clock    `json:"clock,omitzero"`
	Declared []roster.PersonID `json:"declared,omitempty"` // without a conflict
	Recused  []roster.PersonID `json:"recused,omitempty"`
	Notes    []string          `json:"notes,omitempty"`
	Ballots  []Cast            `json:"ballots,omitempty"`
	Dissents []Dissented       `json:"dissents,omitempty"`
	Tally    Tally             `json:"tally,omitzero"` // once counted
	Sat      []Sitting         `json:"sat,omitempty"`  // who was there when it was counted
}

// Cast is a ballot with whether its caster took part when it was cast.
type Cast struct {
	Ballot
	At     time.Time       `json:"at"`
	Caster roster.PersonID `json:"caster,omitempty"` // who the envelope says it was
	There  bool            `json:"there,omitempty"`
}

// Sitting is a person present on a seat.
type Sitting struct {
	Seat   roster.SeatID   `json:"seat,omitempty"`
	Person roster.PersonID `json:"person,omitempty"`
}

// Session is one sitting as it stands.
type Session struct {
	ID             ID        `json:"id"`
	Statute        string    `json:"statute,omitempty"`
	StatuteVersion string    `json:"statute_version,omitempty"`
	Rules          Rules     `json:"rules,omitempty"`
	On             time.Time `json:"on,omitzero"`
	Place          string    `json:"place,omitempty"`
	State          State     `json:"state"`
	Version        uint64    `json:"version"`
	Invited        []string  `json:"invited,omitempty"`
	Seats          []Seat    `json:"seats,omitempty"`
	Present        []Sitting `json:"present,omitempty"`
	Items          []Item    `json:"items,omitempty"`
}

// seat returns the seat of that id.
func (s Session) seat(i roster.SeatID) (Seat, bool) {
	n := slices.IndexFunc(s.Seats, func(x Seat) bool { return x.ID == i })
	if n < 0 {
		return Seat{}, false
	}
	return s.Seats[n], true
}

// seatOf returns the seat of a person, holder or deputy.
func (s Session) seatOf(p roster.PersonID) (Seat, bool) {
	n := slices.IndexFunc(s.Seats, func(x Seat) bool { return p != "" && (x.Holder == p || x.Deputy == p) })
	if n < 0 {
		return Seat{}, false
	}
	return s.Seats[n], true
}

// present reports whether a person is there.
func (s Session) present(p roster.PersonID) bool {
	return slices.ContainsFunc(s.Present, func(x Sitting) bool { return x.Person == p })
}

// item returns the item of that key and its place, or -1.
func (s Session) item(key string) (Item, int) {
	n := slices.IndexFunc(s.Items, func(x Item) bool { return x.Key == key })
	if n < 0 {
		return Item{}, n
	}
	return s.Items[n], n
}

// taking returns the seats that take part in an item: in the open vote those
// whose person is there, in the written one those that answered, in the
// no-objection procedure all that are filled; recused persons never do.
func (s Session) taking(i Item) []roster.SeatID {
	var seats []roster.SeatID
	add := func(seat roster.SeatID, p roster.PersonID) {
		if p != "" && !slices.Contains(i.Recused, p) && !slices.Contains(seats, seat) {
			seats = append(seats, seat)
		}
	}
	for _, b := range s.counted(i) {
		add(b.Seat, b.Person)
	}
	switch i.Mode {
	case NoObjection:
		for _, x := range s.Seats {
			add(x.ID, x.Holder)
		}
	case OpenVote:
		sitting := s.Present
		if i.State != Voting && i.State != Listed {
			sitting = i.Sat
		}
		for _, x := range sitting {
			add(x.Seat, x.Person)
		}
	}
	return seats
}

// counted returns the ballots that count.
func (s Session) counted(i Item) []Cast {
	var all []Cast
	for _, b := range i.Ballots {
		if s.Doubt(i, b) == "" {
			all = append(all, b)
		}
	}
	return all
}

// count counts the ballots of an item.
func (s Session) count(i Item) Tally {
	t := Tally{Seats: len(s.Seats), Present: len(s.taking(i))}
	for _, b := range s.counted(i) {
		switch b.Choice {
		case Yes:
			t.Yes++
		case No:
			t.No++
		case Abstain:
			t.Abstain++
		}
		if seat, _ := s.seat(b.Seat); seat.Chair {
			t.Chair = b.Choice
		}
	}
	return s.Rules.judge(t, i.Mode == NoObjection)
}
