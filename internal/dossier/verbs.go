package dossier

import (
	"encoding/hex"
	"slices"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/roster"
)

func one(e event.Event) ([]event.Event, error) { return []event.Event{e}, nil }

// allowed returns an error if by is recused from the dossier, or no person.
func (d Dossier) allowed(by roster.Person) error {
	switch {
	case d.State == "":
		return fault.New(fault.NotFound, "no such dossier")
	case slices.Contains(d.Recused, by.ID):
		return fault.New(fault.Forbidden, "dossier %s: %s is recused from it", d.ID, by.ID)
	case !by.Human():
		return fault.New(fault.Forbidden, "dossier %s: a person does that", d.ID)
	}
	return nil
}

// editable returns an error unless by may change what the dossier says now.
func (d Dossier) editable(by roster.Person) error {
	if err := d.allowed(by); err != nil {
		return err
	}
	if d.State != Open {
		return fault.New(fault.Conflict, "dossier %s is %s: what it says cannot change now", d.ID, d.State)
	}
	return nil
}

// step answers e if the dossier may take that step now, for a reason.
func (d Dossier) step(by roster.Person, reason string, e event.Event) ([]event.Event, error) {
	if err := d.allowed(by); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "dossier %s: want a reason", d.ID)
	}
	if _, ok := Transitions.Next(d.State, e.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "dossier %s is %s: no %s now", d.ID, d.State, e.Kind())
	}
	return one(e)
}

// Open begins the dossier of one subject. Who opens it works on it.
func (d Dossier) Open(by roster.Person, o Opened) ([]event.Event, error) {
	switch {
	case d.State != "":
		return nil, fault.New(fault.Conflict, "opening dossier %s: it is %s", d.ID, d.State)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "opening a dossier: a person does that")
	case o.ID.IsZero() || o.Title == "" || len(o.Subject.Names) == 0 || !o.From.IsZero():
		return nil, fault.New(fault.Invalid, "opening a dossier: want an id, a title, and a subject with a name")
	}
	return one(o)
}

// Identify says better who the subject is.
func (d Dossier) Identify(by roster.Person, s record.Subject, reason string) ([]event.Event, error) {
	if err := d.editable(by); err != nil {
		return nil, err
	}
	if len(s.Names) == 0 || reason == "" {
		return nil, fault.New(fault.Invalid, "identifying the subject of %s: want a name and a reason", d.ID)
	}
	return one(Identified{s, reason})
}

// fresh returns an error unless by may add something of that key now.
func (d Dossier) fresh(by roster.Person, key string) error {
	if err := d.editable(by); err != nil {
		return err
	}
	if key == "" {
		return fault.New(fault.Invalid, "dossier %s: want a key", d.ID)
	}
	if slices.Contains(d.Content.Keys(), key) {
		return fault.New(fault.Conflict, "dossier %s: key %q is taken", d.ID, key)
	}
	return nil
}

func checkSpans(spans []Span) error {
	for _, s := range spans {
		if sum, err := hex.DecodeString(s.Quote); err != nil || len(sum) != 32 || s.Material.IsZero() || s.Document == "" || s.Start < 0 || s.End <= s.Start {
			return fault.New(fault.Invalid, "span %d to %d of %s: want a material, a document, a place and the hash of its words", s.Start, s.End, s.Material)
		}
	}
	return nil
}

var assertions = []Assertion{Fact, Assessment, Hearsay}

// Allege says of one element of a ground what is so. A fact and hearsay show a
// span; an assessment shows a span or the allegations that it draws on.
func (d Dossier) Allege(by roster.Person, grounds []Ground, a Allegation) ([]event.Event, error) {
	if err := d.fresh(by, a.Key); err != nil {
		return nil, err
	}
	known := slices.ContainsFunc(grounds, func(g Ground) bool { return g.Code == a.Ground && slices.Contains(g.Elements, a.Element) })
	switch {
	case !known:
		return nil, fault.New(fault.Invalid, "alleging %q: the statute has no element %q of a ground %q", a.Key, a.Element, a.Ground)
	case a.Text == "" || !slices.Contains(assertions, a.Assertion):
		return nil, fault.New(fault.Invalid, "alleging %q: want a text and one of %q", a.Key, assertions)
	case a.Assertion != Assessment && (len(a.Spans) == 0 || len(a.BasedOn) > 0):
		return nil, fault.New(fault.Invalid, "alleging %q: %s shows the spans that it rests on, and draws on nothing else", a.Key, a.Assertion)
	case len(a.Spans)+len(a.BasedOn) == 0:
		return nil, fault.New(fault.Invalid, "alleging %q: it rests on nothing", a.Key)
	}
	for _, key := range a.BasedOn {
		if !slices.ContainsFunc(d.Content.Allegations, func(x Allegation) bool { return x.Key == key }) {
			return nil, fault.New(fault.NotFound, "alleging %q: no allegation %q to draw on", a.Key, key)
		}
	}
	if err := checkSpans(a.Spans); err != nil {
		return nil, err
	}
	return one(Alleged{a})
}

// Strike takes an entry of any part out of what the dossier says. What an
// assessment draws on cannot go before it.
func (d Dossier) Strike(by roster.Person, key, reason string) ([]event.Event, error) {
	if err := d.editable(by); err != nil {
		return nil, err
	}
	if !slices.Contains(d.Content.Keys(), key) {
		return nil, fault.New(fault.NotFound, "striking %q: dossier %s has no such key", key, d.ID)
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "striking %q: want a reason", key)
	}
	for _, a := range d.Content.Allegations {
		if slices.Contains(a.BasedOn, key) {
			return nil, fault.New(fault.Conflict, "striking %q: %q draws on it", key, a.Key)
		}
	}
	return one(Struck{key, reason})
}

// Date adds a line to the timeline.
func (d Dossier) Date(by roster.Person, e Entry) ([]event.Event, error) {
	if err := d.fresh(by, e.Key); err != nil {
		return nil, err
	}
	if !e.When.Known() || e.Text == "" || !slices.Contains(assertions, e.Assertion) || e.Assertion == Fact && len(e.Spans) == 0 {
		return nil, fault.New(fault.Invalid, "dating %q: want a date, a text, one of %q, and spans for a fact", e.Key, assertions)
	}
	if err := checkSpans(e.Spans); err != nil {
		return nil, err
	}
	return one(Dated{e})
}

// Link ties the dossier to another one or to an inquiry of another owner.
func (d Dossier) Link(by roster.Person, l Link) ([]event.Event, error) {
	if err := d.fresh(by, l.Key); err != nil {
		return nil, err
	}
	if l.To == "" || l.To == d.ID.String() || l.Owner == "" || l.Role == "" {
		return nil, fault.New(fault.Invalid, "linking %q: want another dossier or inquiry, its owner, and the role", l.Key)
	}
	return one(Tied{l})
}

// LogContact records a conversation with a partner that took place.
func (d Dossier) LogContact(by roster.Person, at time.Time, c Contact) ([]event.Event, error) {
	if err := d.fresh(by, c.Key); err != nil {
		return nil, err
	}
	if c.With == "" || c.Means == "" || c.What == "" || c.At.IsZero() || c.At.After(at) {
		return nil, fault.New(fault.Invalid, "logging contact %q: want with whom, by what means, what was said, and when, not later than now", c.Key)
	}
	if !c.DiscloseOn.IsZero() && c.DiscloseOn.Before(c.At) {
		return nil, fault.New(fault.Invalid, "logging contact %q: disclosed before it took place", c.Key)
	}
	return one(Spoken{c})
}

// Say records what a party says of a field.
func (d Dossier) Say(by roster.Person, s Statement) ([]event.Event, error) {
	if err := d.fresh(by, s.Key); err != nil {
		return nil, err
	}
	if s.Party == "" || s.Field == "" || s.Value == "" {
		return nil, fault.New(fault.Invalid, "stating %q: want a party, a field and a value", s.Key)
	}
	if s.Span != nil {
		if err := checkSpans([]Span{*s.Span}); err != nil {
			return nil, err
		}
	}
	return one(Stated{s})
}

// Write sets the open and the closed text.
func (d Dossier) Write(by roster.Person, t Text) ([]event.Event, error) {
	if err := d.editable(by); err != nil {
		return nil, err
	}
	if t.Open == "" {
		return nil, fault.New(fault.Invalid, "writing dossier %s: want an open text", d.ID)
	}
	return one(Written{t})
}

// Admit lets a person work on the case. Nobody who is recused comes back.
func (d Dossier) Admit(by, p roster.Person, reason string) ([]event.Event, error) {
	if err := d.allowed(by); err != nil {
		return nil, err
	}
	switch {
	case slices.Contains(d.Recused, p.ID):
		return nil, fault.New(fault.Forbidden, "admitting %s: recused from dossier %s", p.ID, d.ID)
	case slices.Contains(d.Team, p.ID):
		return nil, fault.New(fault.Conflict, "admitting %s: works on dossier %s already", p.ID, d.ID)
	case !p.Human() || reason == "":
		return nil, fault.New(fault.Invalid, "admitting %s: want a person and a reason", p.ID)
	}
	return one(Admitted{p.ID, reason})
}

// Release ends a person's work on the case. Somebody stays.
func (d Dossier) Release(by roster.Person, p roster.PersonID, reason string) ([]event.Event, error) {
	if err := d.allowed(by); err != nil {
		return nil, err
	}
	switch {
	case !slices.Contains(d.Team, p):
		return nil, fault.New(fault.NotFound, "releasing %s: does not work on dossier %s", p, d.ID)
	case len(d.Team) == 1:
		return nil, fault.New(fault.Conflict, "releasing %s: nobody else works on dossier %s", p, d.ID)
	case reason == "":
		return nil, fault.New(fault.Invalid, "releasing %s: want a reason", p)
	}
	return one(Released{p, reason})
}

// Recuse keeps by away from the case for good. It takes effect at once, even if
// nobody is left: the lead admits somebody else.
func (d Dossier) Recuse(by roster.Person, reason string) ([]event.Event, error) {
	if err := d.allowed(by); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "recusing from dossier %s: want a reason", d.ID)
	}
	return one(Recused{by.ID, reason})
}

// Submit lays the dossier before the commission, pinned to the statute and the
// register. It names the gaps that are left; an empty dossier, or one without an
// open text, may not be submitted.
func (d Dossier) Submit(by roster.Person, grounds []Ground, statute, version, snapshot string) ([]event.Event, error) {
	if err := d.editable(by); err != nil {
		return nil, err
	}
	switch {
	case statute == "" || version == "" || snapshot == "":
		return nil, fault.New(fault.Invalid, "submitting dossier %s: name the statute, its version and the register's snapshot", d.ID)
	case len(d.Content.Allegations) == 0:
		return nil, fault.New(fault.Conflict, "submitting dossier %s: it alleges nothing", d.ID)
	case d.Text.Open == "":
		return nil, fault.New(fault.Conflict, "submitting dossier %s: it has no open text", d.ID)
	}
	pin := Pin{Statute: statute, StatuteVersion: version, Dossier: d.ID, Version: d.Version, Digest: d.Digest(), Snapshot: snapshot}
	return one(PutBefore{pin, d.Gaps(grounds)})
}

// Return gives a submitted dossier back, for more work.
func (d Dossier) Return(by roster.Person, reason string) ([]event.Event, error) {
	return d.step(by, reason, Returned{reason})
}

// Decide records the decision taken on the submitted dossier. What was voted on
// must be what was submitted.
func (d Dossier) Decide(by roster.Person, on Pin, decision string) ([]event.Event, error) {
	if decision == "" {
		return nil, fault.New(fault.Invalid, "deciding on dossier %s: name the decision", d.ID)
	}
	if len(d.Pins) == 0 || d.Pins[len(d.Pins)-1] != on {
		return nil, fault.New(fault.Conflict, "deciding on dossier %s: the decision rests on another version than the one submitted", d.ID)
	}
	return d.step(by, decision, DecidedOn{decision})
}

// Close ends the work. Requests of other states must be determined before.
func (d Dossier) Close(by roster.Person, reason string) ([]event.Event, error) {
	for _, a := range d.Askings {
		if a.What == ForeignIn && (a.State == Waiting || a.State == Overdue) {
			return nil, fault.New(fault.Conflict, "closing dossier %s: the request %q of %s waits for a determination", d.ID, a.Key, a.From)
		}
	}
	return d.step(by, reason, ClosedFor{reason})
}

// Reopen takes up a decided or closed dossier again.
func (d Dossier) Reopen(by roster.Person, reason string) ([]event.Event, error) {
	return d.step(by, reason, Reopened{reason})
}

// Merge says that d and target are about one subject. It returns what happens
// to each; both happen in one command. Everything that d says goes over under
// its id; its requests stay with it and are answered there.
func (d Dossier) Merge(by roster.Person, target Dossier, reason string) (mine, theirs []event.Event, err error) {
	if err := target.editable(by); err != nil {
		return nil, nil, err
	}
	if d.ID == target.ID {
		return nil, nil, fault.New(fault.Invalid, "merging dossier %s into itself", d.ID)
	}
	mine, err = d.step(by, reason, MergedInto{target.ID, reason})
	if err != nil {
		return nil, nil, err
	}
	content := d.Content.under(d.ID.String() + "/")
	for _, key := range content.Keys() {
		if slices.Contains(target.Content.Keys(), key) {
			return nil, nil, fault.New(fault.Conflict, "merging dossier %s into %s: %q is there already", d.ID, target.ID, key)
		}
	}
	return mine, []event.Event{Absorbed{d.ID, content, reason}}, nil
}

// Split gives some of what d says to a new dossier of another subject. What an
// assessment draws on goes or stays with it.
func (d Dossier) Split(by roster.Person, to Opened, keys []string, reason string) (mine, theirs []event.Event, err error) {
	if err := d.editable(by); err != nil {
		return nil, nil, err
	}
	if to.ID.IsZero() || to.ID == d.ID || to.Title == "" || len(to.Subject.Names) == 0 || len(keys) == 0 || reason == "" {
		return nil, nil, fault.New(fault.Invalid, "splitting dossier %s: want a new id, a title, a subject, keys and a reason", d.ID)
	}
	all := d.Content.Keys()
	for _, k := range keys {
		if !slices.Contains(all, k) {
			return nil, nil, fault.New(fault.NotFound, "splitting dossier %s: it has no %q", d.ID, k)
		}
	}
	for _, a := range d.Content.Allegations {
		for _, b := range a.BasedOn {
			if slices.Contains(keys, a.Key) != slices.Contains(keys, b) {
				return nil, nil, fault.New(fault.Conflict, "splitting dossier %s: %q draws on %q; they go together", d.ID, a.Key, b)
			}
		}
	}
	to.From = d.ID
	moved := d.Content.only(func(key string) bool { return slices.Contains(keys, key) })
	return []event.Event{SplitOff{to.ID, keys, reason}}, []event.Event{to, Absorbed{d.ID, moved, reason}}, nil
}
