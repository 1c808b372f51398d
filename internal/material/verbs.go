package material

import (
	"encoding/hex"
	"slices"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

var (
	labels = []TLP{Red, AmberStrict, Amber, Green, Clear}
	sorts  = []Sort{Intelligence, LawEnforcement, Judicial, Media, Admission, Financial}
	makes  = []Derivation{Extraction, OCR, Translation}
	useful = []Usefulness{Used, NotUsed, Duplicate, MoreAsked}
)

func one(e event.Event) ([]event.Event, error) { return []event.Event{e}, nil }

// Submit takes in what a sender hands in. A grade may be missing, but one that
// is given exists in its scheme; every key that a link or an account names
// exists. It must state or enclose something.
func (m Material) Submit(by roster.Person, s Submitted) ([]event.Event, error) {
	switch {
	case m.State != "":
		return nil, fault.New(fault.Conflict, "submitting material %s: it was submitted", m.ID)
	case s.ID.IsZero() || s.Title == "":
		return nil, fault.New(fault.Invalid, "submitting a material: want an id and a title")
	case s.Originator == "" || s.Originator != by.Organisation:
		return nil, fault.New(fault.Forbidden, "submitting a material for %q: %s belongs to %q", s.Originator, by.ID, by.Organisation)
	case !slices.Contains(sorts, s.Sort):
		return nil, fault.New(fault.Invalid, "submitting a material: sort %q: one of %q", s.Sort, sorts)
	case !slices.Contains(labels, s.Handling.TLP):
		return nil, fault.New(fault.Invalid, "submitting a material: TLP %q: one of %q", s.Handling.TLP, labels)
	case len(s.Handling.Recipients) == 0:
		return nil, fault.New(fault.Invalid, "submitting a material: name its recipients")
	case len(s.Parties)+len(s.Accounts)+len(s.Documents) == 0:
		return nil, fault.New(fault.Invalid, "submitting a material: it states nothing and encloses nothing")
	}
	if err := s.Grade.Check(); err != nil {
		return nil, err
	}
	if err := s.checkKeys(); err != nil {
		return nil, err
	}
	return one(s)
}

// checkKeys returns an error unless keys are unique and ties lead to them.
func (s Submitted) checkKeys() error {
	keys := map[string]bool{}
	add := func(what, key string) error {
		if key == "" || keys[key] {
			return fault.New(fault.Invalid, "%s %q of the material: every key once, and none empty", what, key)
		}
		keys[key] = true
		return nil
	}
	for _, p := range s.Parties {
		if err := add("party", p.Key); err != nil {
			return err
		}
	}
	for _, a := range s.Accounts {
		if err := add("account", a.Key); err != nil {
			return err
		}
		if a.Number == "" || a.Holder != "" && !keys[a.Holder] {
			return fault.New(fault.Invalid, "account %q: want a number, and a holder among the parties", a.Key)
		}
	}
	for i, l := range s.Links {
		if !keys[l.From] || !keys[l.To] || l.From == l.To || l.Role == "" {
			return fault.New(fault.Invalid, "link %d from %q to %q: want two keys of the material and a role", i+1, l.From, l.To)
		}
	}
	seen := map[string]bool{}
	for i, d := range s.Documents {
		if !isHash(d.Hash) || seen[d.Hash] || d.Size <= 0 || d.Name == "" {
			return fault.New(fault.Invalid, "document %d %q: want the SHA-256 of its bytes, once, a name and a size", i+1, d.Name)
		}
		seen[d.Hash] = true
	}
	return nil
}

func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32
}

// received returns an error unless the material is there and not withdrawn.
func (m Material) received() error {
	if m.State != Received {
		return fault.New(fault.Conflict, "material %s is %q, not received", m.ID, m.State)
	}
	return nil
}

// Derive records a text made from a document of the material. Its original
// stays; what a machine made is marked, and only a person may unmark it by
// recording a reading of his own.
func (m Material) Derive(by roster.Person, d Derived) ([]event.Event, error) {
	if err := m.received(); err != nil {
		return nil, err
	}
	known := slices.ContainsFunc(m.Documents, func(x Document) bool { return x.Hash == d.Of }) ||
		slices.ContainsFunc(m.Derived, func(x Derived) bool { return x.Hash == d.Of })
	switch {
	case !known:
		return nil, fault.New(fault.NotFound, "deriving a text of material %s: it has no document %q", m.ID, d.Of)
	case !isHash(d.Hash) || !slices.Contains(makes, d.As):
		return nil, fault.New(fault.Invalid, "deriving a text of material %s: want a hash, and one of %q", m.ID, makes)
	case d.As == Translation && (d.Language == "" || d.Hash == d.Of):
		return nil, fault.New(fault.Invalid, "translating a text of material %s: want the language, and another text than the original", m.ID)
	case d.Machine && d.Tool == "":
		return nil, fault.New(fault.Invalid, "deriving a text of material %s: name the tool", m.ID)
	case !d.Machine && !by.Human():
		return nil, fault.New(fault.Forbidden, "deriving a text of material %s: %s is no person: mark it as machine work", m.ID, by.ID)
	}
	return one(d)
}

// Screen records what the material was held against and the mentions found.
func (m Material) Screen(s Screened) ([]event.Event, error) {
	if err := m.received(); err != nil {
		return nil, err
	}
	if s.Reason == "" && (s.Snapshot == "" || s.Profile == "") {
		return nil, fault.New(fault.Invalid, "screening material %s: name the snapshot and the profile, or why it was not screened", m.ID)
	}
	if s.Reason != "" && len(s.Mentions) > 0 {
		return nil, fault.New(fault.Invalid, "screening material %s: not screened, and yet mentions", m.ID)
	}
	keys := map[string]bool{}
	for _, old := range m.Mentions {
		keys[old.Key] = true
	}
	for _, x := range s.Mentions {
		if x.Key == "" || keys[x.Key] || x.Target == "" || x.Start < 0 || x.End < x.Start {
			return nil, fault.New(fault.Invalid, "screening material %s: mention %q: want a key of its own, a target and a place", m.ID, x.Key)
		}
		keys[x.Key] = true
	}
	return one(s)
}

// LinkMention says that a mention means the subject of a dossier.
func (m Material) LinkMention(by roster.Person, key, dossier, reason string) ([]event.Event, error) {
	if dossier == "" {
		return nil, fault.New(fault.Invalid, "judging mention %q: name the dossier", key)
	}
	return m.judged(by, key, reason, MentionLinked{key, dossier, reason})
}

// RejectMention says that a mention means somebody else.
func (m Material) RejectMention(by roster.Person, key, reason string) ([]event.Event, error) {
	return m.judged(by, key, reason, MentionRejected{key, reason})
}

// PostponeMention leaves the judgement of a mention until an instant.
func (m Material) PostponeMention(by roster.Person, at time.Time, key string, until time.Time, reason string) ([]event.Event, error) {
	if !until.After(at) {
		return nil, fault.New(fault.Invalid, "postponing mention %q: want a later time than now", key)
	}
	return m.judged(by, key, reason, MentionPostponed{key, until.UTC(), reason})
}

// judged answers e if a person may judge that mention so.
func (m Material) judged(by roster.Person, key, reason string, e event.Event) ([]event.Event, error) {
	i := slices.IndexFunc(m.Mentions, func(j Judged) bool { return j.Key == key })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "judging mention %q: material %s has none", key, m.ID)
	}
	if !by.Human() {
		return nil, fault.New(fault.Forbidden, "judging mention %q: a person judges", key)
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "judging mention %q: want a reason", key)
	}
	if _, ok := MentionTransitions.Next(m.Mentions[i].State, e.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "judging mention %q: it is %s", key, m.Mentions[i].State)
	}
	return one(e)
}

// AskOnward asks the originator for the use of the material by others.
func (m Material) AskOnward(by roster.Person, a OnwardAsked) ([]event.Event, error) {
	if err := m.received(); err != nil {
		return nil, err
	}
	switch {
	case a.Key == "" || a.Purpose == "" || len(a.Recipients) == 0:
		return nil, fault.New(fault.Invalid, "asking for onward use of %s: want a key, a purpose and recipients", m.ID)
	case by.Organisation == m.Originator:
		return nil, fault.New(fault.Invalid, "asking for onward use of %s: %s is its originator", m.ID, m.Originator)
	case slices.ContainsFunc(m.Uses, func(u Use) bool { return u.Key == a.Key }):
		return nil, fault.New(fault.Conflict, "asking for onward use of %s: key %q is taken", m.ID, a.Key)
	}
	return one(a)
}

// GrantOnward is the consent of a person of the originator.
func (m Material) GrantOnward(by roster.Person, at time.Time, g OnwardGranted) ([]event.Event, error) {
	if !g.Until.IsZero() && !g.Until.After(at) {
		return nil, fault.New(fault.Invalid, "consenting to %q: it would end before it begins", g.Key)
	}
	return m.answered(by, g.Key, g)
}

// RefuseOnward is the refusal of a person of the originator.
func (m Material) RefuseOnward(by roster.Person, key, reason string) ([]event.Event, error) {
	if reason == "" {
		return nil, fault.New(fault.Invalid, "refusing %q: want a reason", key)
	}
	return m.answered(by, key, OnwardRefused{key, reason})
}

// RevokeOnward ends a consent.
func (m Material) RevokeOnward(by roster.Person, key, reason string) ([]event.Event, error) {
	if reason == "" {
		return nil, fault.New(fault.Invalid, "revoking %q: want a reason", key)
	}
	return m.answered(by, key, OnwardRevoked{key, reason})
}

// answered answers e if by may speak for the originator in that request.
func (m Material) answered(by roster.Person, key string, e event.Event) ([]event.Event, error) {
	i := slices.IndexFunc(m.Uses, func(u Use) bool { return u.Key == key })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "onward use %q: material %s has no such request", key, m.ID)
	}
	if by.Organisation != m.Originator || !by.Human() || by.ID == m.Uses[i].AskedBy {
		return nil, fault.New(fault.Forbidden, "onward use %q: a person of %s answers, not who asked", key, m.Originator)
	}
	if _, ok := UseTransitions.Next(m.Uses[i].State, e.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "onward use %q: it is %s", key, m.Uses[i].State)
	}
	return one(e)
}

// GiveFeedback tells the sender what the material was good for.
func (m Material) GiveFeedback(f Feedback) ([]event.Event, error) {
	if m.State == "" {
		return nil, fault.New(fault.NotFound, "no such material")
	}
	if !slices.Contains(useful, f.Useful) || f.Text == "" {
		return nil, fault.New(fault.Invalid, "feedback on %s: want one of %q and a text", m.ID, useful)
	}
	return one(f)
}

// Withdraw takes the material back. Who has it keeps it and must be told.
func (m Material) Withdraw(by roster.Person, reason string) ([]event.Event, error) {
	if err := m.received(); err != nil {
		return nil, err
	}
	if by.Organisation != m.Originator {
		return nil, fault.New(fault.Forbidden, "withdrawing material %s: only %s may", m.ID, m.Originator)
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "withdrawing material %s: want a reason", m.ID)
	}
	return one(TakenBack{reason})
}
