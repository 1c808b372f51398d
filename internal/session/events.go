package session

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/roster"
)

// Convened calls the commission together under a version of the statute.
type Convened struct {
	ID             ID        `json:"id"`
	Statute        string    `json:"statute"`
	StatuteVersion string    `json:"statute_version"`
	Rules          Rules     `json:"rules"`
	On             time.Time `json:"on"`
	Place          string    `json:"place"`
}

// Invited asks a member, an official or an expert to come.
type Invited struct {
	Who    string `json:"who"`
	Reason string `json:"reason,omitempty"`
}

// ItemListed puts a question on the agenda.
type ItemListed struct{ Agendum }

// Opened begins the session with the composition as it is.
type Opened struct {
	Seats []Seat `json:"seats"`
}

// Came says who is there, and for which seat.
type Came struct {
	Seat   roster.SeatID   `json:"seat"`
	Person roster.PersonID `json:"person"`
}

// Went says who is there no longer.
type Went struct {
	Person roster.PersonID `json:"person"`
}

// Declared says that a member has no interest of his own in an item.
type Declared struct {
	Item   string          `json:"item"`
	Person roster.PersonID `json:"person"`
}

// Recused says that a member takes no part in an item. It is never undone.
type Recused struct {
	Item   string          `json:"item"`
	Person roster.PersonID `json:"person"`
	Reason string          `json:"reason"`
}

// Noted keeps what was deliberated.
type Noted struct {
	Item string `json:"item"`
	Text string `json:"text"`
}

// VoteOpened puts the question.
type VoteOpened struct {
	Item  string         `json:"item"`
	Mode  Mode           `json:"mode"`
	Clock deadline.Clock `json:"clock,omitzero"` // of the written and the no-objection procedure
}

// BallotCast is a vote. There is no event that takes it back.
type BallotCast struct{ Ballot }

// Dissented is the opinion of a member who did not vote with the result.
type Dissented struct {
	Item   string          `json:"item"`
	Person roster.PersonID `json:"person"`
	Text   string          `json:"text"`
}

// ItemCarried says that the commission agreed.
type ItemCarried struct {
	Item  string `json:"item"`
	Tally Tally  `json:"tally"`
}

// ItemFailed says that it did not.
type ItemFailed struct {
	Item  string `json:"item"`
	Tally Tally  `json:"tally"`
}

// ItemAdjourned leaves an item to another session.
type ItemAdjourned struct {
	Item   string `json:"item"`
	Tally  Tally  `json:"tally,omitzero"`
	Reason string `json:"reason"`
}

// Ended closes the session.
type Ended struct {
	Note string `json:"note,omitempty"`
}

// CalledOff says that the session does not take place.
type CalledOff struct {
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Convened) Kind() string      { return "session.called" }
func (Invited) Kind() string       { return "session.invited" }
func (ItemListed) Kind() string    { return "session.item_listed" }
func (Opened) Kind() string        { return "session.opened" }
func (Came) Kind() string          { return "session.came" }
func (Went) Kind() string          { return "session.went" }
func (Declared) Kind() string      { return "session.declared" }
func (Recused) Kind() string       { return "session.recused" }
func (Noted) Kind() string         { return "session.noted" }
func (VoteOpened) Kind() string    { return "session.vote_opened" }
func (BallotCast) Kind() string    { return "session.ballot_cast" }
func (Dissented) Kind() string     { return "session.dissented" }
func (ItemCarried) Kind() string   { return "session.item_carried" }
func (ItemFailed) Kind() string    { return "session.item_failed" }
func (ItemAdjourned) Kind() string { return "session.item_adjourned" }
func (Ended) Kind() string         { return "session.closed" }
func (CalledOff) Kind() string     { return "session.cancelled" }

// Events makes r read and write the events of sessions.
func Events(r *event.Registry) {
	event.Register[Convened](r)
	event.Register[Invited](r)
	event.Register[ItemListed](r)
	event.Register[Opened](r)
	event.Register[Came](r)
	event.Register[Went](r)
	event.Register[Declared](r)
	event.Register[Recused](r)
	event.Register[Noted](r)
	event.Register[VoteOpened](r)
	event.Register[BallotCast](r)
	event.Register[Dissented](r)
	event.Register[ItemCarried](r)
	event.Register[ItemFailed](r)
	event.Register[ItemAdjourned](r)
	event.Register[Ended](r)
	event.Register[CalledOff](r)
}

// Apply returns s as it is after e.
func (s Session) Apply(e event.Event, env event.Envelope) Session {
	s.State, _ = Transitions.Next(s.State, e.Kind())
	s.Version = env.Version
	switch e := e.(type) {
	case Convened:
		s.ID, s.Statute, s.StatuteVersion, s.Rules, s.On, s.Place = e.ID, e.Statute, e.StatuteVersion, e.Rules, e.On, e.Place
	case Invited:
		s.Invited = append(slices.Clip(s.Invited), e.Who)
	case ItemListed:
		s.Items = append(slices.Clip(s.Items), Item{Agendum: e.Agendum, State: Listed})
	case Opened:
		s.Seats = e.Seats
	case Came:
		s.Present = append(slices.Clip(s.Present), Sitting(e))
	case Went:
		s.Present = slices.DeleteFunc(slices.Clone(s.Present), func(x Sitting) bool { return x.Person == e.Person })
	default:
		s = s.applyItem(e, env)
	}
	return s
}

func (s Session) applyItem(e event.Event, env event.Envelope) Session {
	change := func(key string, f func(*Item)) {
		s.Items = slices.Clone(s.Items)
		for i := range s.Items {
			if x := &s.Items[i]; x.Key == key {
				x.State, _ = ItemTransitions.Next(x.State, e.Kind())
				f(x)
			}
		}
	}
	switch e := e.(type) {
	case Declared:
		change(e.Item, func(i *Item) { i.Declared = append(slices.Clip(i.Declared), e.Person) })
	case Recused:
		change(e.Item, func(i *Item) { i.Recused = append(slices.Clip(i.Recused), e.Person) })
	case Noted:
		change(e.Item, func(i *Item) { i.Notes = append(slices.Clip(i.Notes), e.Text) })
	case VoteOpened:
		change(e.Item, func(i *Item) { i.Mode, i.Clock = e.Mode, e.Clock })
	case BallotCast:
		change(e.Item, func(i *Item) {
			there := i.Mode != OpenVote || s.present(e.Person)
			i.Ballots = append(slices.Clip(i.Ballots), Cast{e.Ballot, env.At, roster.PersonID(env.By), there})
		})
	case Dissented:
		change(e.Item, func(i *Item) { i.Dissents = append(slices.Clip(i.Dissents), e) })
	case ItemCarried:
		change(e.Item, func(i *Item) { i.Tally, i.Sat = e.Tally, s.Present })
	case ItemFailed:
		change(e.Item, func(i *Item) { i.Tally, i.Sat = e.Tally, s.Present })
	case ItemAdjourned:
		change(e.Item, func(i *Item) { i.Tally, i.Sat = e.Tally, s.Present })
	}
	return s
}

func contains[T comparable](all []T, x T) bool { return slices.Contains(all, x) }
