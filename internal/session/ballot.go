package session

import (
	"crypto/ed25519"
	"fmt"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/roster"
)

// Choice is what a ballot says.
type Choice string

// Choices. In the no-objection procedure No is an objection.
const (
	Yes     Choice = "yes"
	No      Choice = "no"
	Abstain Choice = "abstain"
)

// Ballot is the vote of a seat on an item, signed by the person who cast it.
type Ballot struct {
	Item      string          `json:"item"`
	Seat      roster.SeatID   `json:"seat"`
	Person    roster.PersonID `json:"person"`
	Choice    Choice          `json:"choice"`
	Signature []byte          `json:"signature"` // Ed25519 over Text
}

// Text returns what is signed: the ballot, the session, the question, and the
// digest of the dossier that was read. It has one form for ever.
func (b Ballot) Text(session ID, a Agendum) []byte {
	return fmt.Appendf(nil, "interdict ballot v1\nsession %s\nitem %q\nmeasure %q\nquestion %q\ndossier %s\ndigest %s\nseat %q\nperson %q\nchoice %s\n",
		session, b.Item, a.Measure, a.Question, a.Pin.Dossier, a.Pin.Digest, b.Seat, b.Person, b.Choice)
}

// Verify returns an error unless the ballot is signed with the key that the
// person had on the seat.
func (b Ballot) Verify(session ID, a Agendum, seat Seat) error {
	key := seat.Key(b.Person)
	switch {
	case b.Seat != seat.ID || b.Person != seat.Holder && b.Person != seat.Deputy || b.Person == "":
		return fault.New(fault.Invalid, "ballot of %s: not on seat %s", b.Person, b.Seat)
	case len(key) != ed25519.PublicKeySize:
		return fault.New(fault.Invalid, "ballot of %s: no key was stated before the session opened", b.Person)
	case !ed25519.Verify(key, b.Text(session, a), b.Signature):
		return fault.New(fault.Invalid, "ballot of %s: the signature does not fit", b.Person)
	}
	return nil
}

// Doubt says why a ballot on an item does not count; "" if it does: it is of a
// person on the seat, who took part when it was cast, who is not recused, who cast
// it himself, validly signed.
func (s Session) Doubt(i Item, b Cast) string {
	seat, ok := s.seat(b.Seat)
	switch err := b.Verify(s.ID, i.Agendum, seat); {
	case !ok:
		return "no such seat"
	case err != nil:
		return err.Error()
	case b.Caster != b.Person:
		return "cast by " + string(b.Caster)
	case !b.There:
		return "absent"
	case contains(i.Recused, b.Person):
		return "recused"
	}
	return ""
}

// Recount counts the ballots of an item again from what is recorded. It returns
// the count and, for a person to read, every ballot that does not count with its
// reason, and whether the recorded count was another one.
func (s Session) Recount(key string) (Tally, []string, error) {
	i, at := s.item(key)
	if at < 0 {
		return Tally{}, nil, fault.New(fault.NotFound, "session %s has no item %q", s.ID, key)
	}
	var notes []string
	for _, b := range i.Ballots {
		if why := s.Doubt(i, b); why != "" {
			notes = append(notes, fmt.Sprintf("ballot of %s on seat %s: %s", b.Person, b.Seat, why))
		}
	}
	t := s.count(i)
	if i.Tally != (Tally{}) && i.Tally != t {
		notes = append(notes, fmt.Sprintf("the recorded count was another: %s", i.Tally))
	}
	return t, notes, nil
}

// String writes the tally in one line.
func (t Tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d for, %d against, %d abstaining, of %d; %d of %d seats took part, %d needed", t.Result, t.Yes, t.No, t.Abstain, t.Base, t.Present, t.Seats, t.Quorum)
	return b.String()
}
