package session

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

func one(e event.Event) ([]event.Event, error) { return []event.Event{e}, nil }

// Call calls the commission together. Its rules are those of the statute's version.
func (s Session) Call(by roster.Person, at time.Time, c Convened) ([]event.Event, error) {
	switch {
	case s.State != "":
		return nil, fault.New(fault.Conflict, "calling session %s: it is %s", s.ID, s.State)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "calling a session: a person does that")
	case c.ID.IsZero() || c.Statute == "" || c.StatuteVersion == "" || c.On.Before(at):
		return nil, fault.New(fault.Invalid, "calling a session: want an id, the statute with its version, and a time to come")
	}
	if err := c.Rules.Check(); err != nil {
		return nil, err
	}
	return one(c)
}

// Invite asks somebody to come.
func (s Session) Invite(who, reason string) ([]event.Event, error) {
	switch {
	case s.State != Called && s.State != Open:
		return nil, fault.New(fault.Conflict, "inviting to session %s: it is %q", s.ID, s.State)
	case who == "":
		return nil, fault.New(fault.Invalid, "inviting to session %s: whom?", s.ID)
	case slices.Contains(s.Invited, who):
		return nil, fault.New(fault.Conflict, "inviting to session %s: %s is invited", s.ID, who)
	}
	return one(Invited{who, reason})
}

// List puts a question on the agenda. Its dossier was submitted under the same
// version of the statute.
func (s Session) List(a Agendum) ([]event.Event, error) {
	switch {
	case s.State != Called && s.State != Open:
		return nil, fault.New(fault.Conflict, "listing %q: session %s is %q", a.Key, s.ID, s.State)
	case a.Key == "" || a.Measure == "" || a.Question == "" || a.Pin.Dossier.IsZero() || a.Pin.Digest == "":
		return nil, fault.New(fault.Invalid, "listing %q: want a key, a measure, a question and a submitted dossier", a.Key)
	case a.Pin.Statute != s.Statute || a.Pin.StatuteVersion != s.StatuteVersion:
		return nil, fault.New(fault.Conflict, "listing %q: its dossier was submitted under %s %s, the session sits under %s %s", a.Key, a.Pin.Statute, a.Pin.StatuteVersion, s.Statute, s.StatuteVersion)
	}
	if _, at := s.item(a.Key); at >= 0 {
		return nil, fault.New(fault.Conflict, "listing %q: that key is taken", a.Key)
	}
	return one(ItemListed{a})
}

// Open begins the session with the composition as it is, be it empty.
func (s Session) Open(seats []Seat) ([]event.Event, error) {
	if s.State != Called {
		return nil, fault.New(fault.Conflict, "opening session %s: it is %q", s.ID, s.State)
	}
	seen := map[string]bool{"": true}
	for _, x := range seats {
		for _, word := range []string{"seat " + string(x.ID), string(x.Holder), string(x.Deputy)} {
			if word != "" && seen[word] {
				return nil, fault.New(fault.Invalid, "opening session %s: %s stands twice in the composition", s.ID, word)
			}
			seen[word] = true
		}
	}
	return one(Opened{seats})
}

// Come records that a member is there. A deputy sits only while the holder does
// not.
func (s Session) Come(p roster.PersonID) ([]event.Event, error) {
	seat, ok := s.seatOf(p)
	switch {
	case s.State != Open:
		return nil, fault.New(fault.Conflict, "recording presence: session %s is %q", s.ID, s.State)
	case !ok:
		return nil, fault.New(fault.Invalid, "recording presence of %s: not of the commission", p)
	case slices.ContainsFunc(s.Present, func(x Sitting) bool { return x.Seat == seat.ID }):
		return nil, fault.New(fault.Conflict, "recording presence of %s: seat %s is taken", p, seat.ID)
	}
	return one(Came{seat.ID, p})
}

// Go records that a member left. The ballots that he cast stay.
func (s Session) Go(p roster.PersonID) ([]event.Event, error) {
	if s.State != Open || !s.present(p) {
		return nil, fault.New(fault.Conflict, "recording that %s left: not there", p)
	}
	return one(Went{p})
}

// open returns the item if the session is open and the item not yet counted.
func (s Session) open(key string) (Item, error) {
	i, at := s.item(key)
	switch {
	case at < 0:
		return i, fault.New(fault.NotFound, "session %s has no item %q", s.ID, key)
	case s.State != Open:
		return i, fault.New(fault.Conflict, "item %q: session %s is %q", key, s.ID, s.State)
	case i.State != Listed && i.State != Voting:
		return i, fault.New(fault.Conflict, "item %q is %s", key, i.State)
	}
	return i, nil
}

// Declare is a member's word on his interests in an item. With a conflict it is
// a recusal.
func (s Session) Declare(by roster.Person, key string, conflict bool, reason string) ([]event.Event, error) {
	i, err := s.open(key)
	if err != nil {
		return nil, err
	}
	if conflict {
		return s.Recuse(by, key, by.ID, reason)
	}
	if _, ok := s.seatOf(by.ID); !ok {
		return nil, fault.New(fault.Forbidden, "declaring on item %q: %s is not of the commission", key, by.ID)
	}
	if contains(i.Declared, by.ID) || contains(i.Recused, by.ID) {
		return nil, fault.New(fault.Conflict, "declaring on item %q: %s has done so", key, by.ID)
	}
	return one(Declared{key, by.ID})
}

// Recuse takes a member out of an item: himself at any time before the count, or
// by the ruling of the chair before the question is put. A ballot that was cast
// stays on record and does not count.
func (s Session) Recuse(by roster.Person, key string, member roster.PersonID, reason string) ([]event.Event, error) {
	i, err := s.open(key)
	if err != nil {
		return nil, err
	}
	seat, ok := s.seatOf(by.ID)
	switch {
	case !ok || by.ID != member && !seat.Chair:
		return nil, fault.New(fault.Forbidden, "recusing %s from item %q: only he or the chair may", member, key)
	case by.ID != member && i.State != Listed:
		return nil, fault.New(fault.Conflict, "recusing %s from item %q: the question is put; only he may stand aside now", member, key)
	case reason == "":
		return nil, fault.New(fault.Invalid, "recusing %s from item %q: want a reason", member, key)
	case contains(i.Recused, member):
		return nil, fault.New(fault.Conflict, "recusing %s from item %q: done already", member, key)
	}
	if _, ok := s.seatOf(member); !ok {
		return nil, fault.New(fault.Invalid, "recusing %s from item %q: not of the commission", member, key)
	}
	return one(Recused{key, member, reason})
}

// Note keeps what was deliberated on an item.
func (s Session) Note(key, text string) ([]event.Event, error) {
	if _, err := s.open(key); err != nil {
		return nil, err
	}
	if text == "" {
		return nil, fault.New(fault.Invalid, "noting on item %q: want a text", key)
	}
	return one(Noted{key, text})
}

// Put puts the question. The open vote needs the quorum there and then; the
// others run on a clock of the statute and need enough seats that are filled.
func (s Session) Put(at time.Time, key string, mode Mode, clock deadline.Clock) ([]event.Event, error) {
	i, err := s.open(key)
	if err != nil {
		return nil, err
	}
	allowed := mode == OpenVote || mode == WrittenVote && s.Rules.Written || mode == NoObjection && s.Rules.NoObjection
	i.Mode = mode
	enough := len(s.taking(i))
	if mode == WrittenVote {
		i.Mode = NoObjection // whoever is appointed can answer
		enough = len(s.taking(i))
	}
	need := s.Rules.Quorum.Need(len(s.Seats))
	switch {
	case i.State != Listed:
		return nil, fault.New(fault.Conflict, "putting item %q: it is %s", key, i.State)
	case !allowed:
		return nil, fault.New(fault.Conflict, "putting item %q: the statute has no vote %q", key, mode)
	case (mode == OpenVote) != clock.Started.IsZero() || !clock.Started.IsZero() && (!clock.Started.Equal(at) || !clock.Due.After(at)):
		return nil, fault.New(fault.Invalid, "putting item %q: want a clock that starts now for a vote out of the sitting, none for an open one", key)
	case enough < need:
		return nil, fault.New(fault.Conflict, "putting item %q: no quorum: %d of %d seats, %d needed", key, enough, len(s.Seats), need)
	}
	return one(VoteOpened{key, mode, clock})
}

// Vote casts a ballot: once a seat, by the person who signed it, who is there
// and not recused.
func (s Session) Vote(by roster.Person, at time.Time, b Ballot) ([]event.Event, error) {
	i, err := s.open(b.Item)
	if err != nil {
		return nil, err
	}
	seat, ok := s.seat(b.Seat)
	switch {
	case i.State != Voting:
		return nil, fault.New(fault.Conflict, "voting on %q: the question is not put", b.Item)
	case !slices.Contains([]Choice{Yes, No, Abstain}, b.Choice):
		return nil, fault.New(fault.Invalid, "voting on %q: choice %q: want yes, no or abstain", b.Item, b.Choice)
	case !ok || b.Person != by.ID || !by.Human():
		return nil, fault.New(fault.Forbidden, "voting on %q: each casts his own ballot", b.Item)
	case contains(i.Recused, by.ID):
		return nil, fault.New(fault.Forbidden, "voting on %q: %s is recused", b.Item, by.ID)
	case i.Mode == OpenVote && !s.present(by.ID):
		return nil, fault.New(fault.Forbidden, "voting on %q: %s is not there", b.Item, by.ID)
	case i.Mode != OpenVote && by.ID != seat.Holder:
		return nil, fault.New(fault.Forbidden, "voting on %q: the holder of seat %s answers in writing", b.Item, b.Seat)
	case i.Mode != OpenVote && at.After(i.Clock.Due):
		return nil, fault.New(fault.Conflict, "voting on %q: the time was over at %s", b.Item, i.Clock.Due.Format(time.RFC3339))
	case s.Rules.Declare && !contains(i.Declared, by.ID):
		return nil, fault.New(fault.Conflict, "voting on %q: declare your interests first", b.Item)
	case slices.ContainsFunc(i.Ballots, func(x Cast) bool { return x.Seat == b.Seat }):
		return nil, fault.New(fault.Conflict, "voting on %q: seat %s has voted; a ballot is never changed", b.Item, b.Seat)
	}
	if err := b.Verify(s.ID, i.Agendum, seat); err != nil {
		return nil, err
	}
	return one(BallotCast{b})
}

// Count ends a vote. Out of the sitting it waits for the clock, unless every
// seat that may answer has, or somebody objected. Without a quorum, or on a tie
// that the statute adjourns, the item goes to another session.
func (s Session) Count(at time.Time, key string) ([]event.Event, error) {
	i, err := s.open(key)
	if err != nil {
		return nil, err
	}
	if i.State != Voting {
		return nil, fault.New(fault.Conflict, "counting %q: the question is not put", key)
	}
	t := s.count(i)
	if i.Mode != OpenVote && !at.After(i.Clock.Due) && !s.answered(i) && (i.Mode != NoObjection || t.No == 0) {
		return nil, fault.New(fault.Conflict, "counting %q: members may answer until %s", key, i.Clock.Due.Format(time.RFC3339))
	}
	switch t.Result {
	case Carried:
		return one(ItemCarried{key, t})
	case Failed:
		return one(ItemFailed{key, t})
	}
	return one(ItemAdjourned{key, t, string(t.Result)})
}

// answered reports whether every holder who may answer has.
func (s Session) answered(i Item) bool {
	for _, seat := range s.Seats {
		voted := slices.ContainsFunc(i.Ballots, func(b Cast) bool { return b.Seat == seat.ID })
		if seat.Holder != "" && !contains(i.Recused, seat.Holder) && !voted {
			return false
		}
	}
	return true
}

// Dissent records the opinion of a member who did not vote yes, also after the
// count while the session is open.
func (s Session) Dissent(by roster.Person, key, text string) ([]event.Event, error) {
	i, at := s.item(key)
	switch {
	case at < 0:
		return nil, fault.New(fault.NotFound, "session %s has no item %q", s.ID, key)
	case s.State != Open || !s.Rules.Dissent:
		return nil, fault.New(fault.Conflict, "dissenting on %q: session %s is %q; dissents are recorded: %v", key, s.ID, s.State, s.Rules.Dissent)
	case text == "":
		return nil, fault.New(fault.Invalid, "dissenting on %q: want a text", key)
	case !slices.ContainsFunc(i.Ballots, func(b Cast) bool { return b.Person == by.ID && b.Choice != Yes }):
		return nil, fault.New(fault.Forbidden, "dissenting on %q: %s cast no ballot against it", key, by.ID)
	}
	return one(Dissented{key, by.ID, text})
}

// Adjourn leaves an item on which nobody has voted to another session.
func (s Session) Adjourn(key, reason string) ([]event.Event, error) {
	i, err := s.open(key)
	switch {
	case err != nil:
		return nil, err
	case i.State == Voting:
		return nil, fault.New(fault.Conflict, "adjourning %q: the question is put; count it", key)
	case reason == "":
		return nil, fault.New(fault.Invalid, "adjourning %q: want a reason", key)
	}
	return one(ItemAdjourned{Item: key, Reason: reason})
}

// Close ends the session once every item is counted or adjourned.
func (s Session) Close(note string) ([]event.Event, error) {
	if s.State != Open {
		return nil, fault.New(fault.Conflict, "closing session %s: it is %q", s.ID, s.State)
	}
	for _, i := range s.Items {
		if i.State == Listed || i.State == Voting {
			return nil, fault.New(fault.Conflict, "closing session %s: item %q is %s", s.ID, i.Key, i.State)
		}
	}
	return one(Ended{note})
}

// Cancel calls the session off before it opens.
func (s Session) Cancel(reason string) ([]event.Event, error) {
	if s.State != Called {
		return nil, fault.New(fault.Conflict, "cancelling session %s: it is %q", s.ID, s.State)
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "cancelling session %s: want a reason", s.ID)
	}
	return one(CalledOff{reason})
}
