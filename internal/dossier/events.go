package dossier

import (
	"slices"

	"interdict/internal/event"
	"interdict/internal/record"
	"interdict/internal/roster"
)

// Opened begins the dossier of one subject.
type Opened struct {
	ID      ID             `json:"id"`
	Title   string         `json:"title"`
	Subject record.Subject `json:"subject"`
	From    ID             `json:"from,omitzero"` // dossier that it was split from
}

// Identified says better who the subject is.
type Identified struct {
	Subject record.Subject `json:"subject"`
	Reason  string         `json:"reason"`
}

// Alleged adds an allegation.
type Alleged struct{ Allegation }

// Struck takes an allegation out of what the dossier says; it stays in its history.
type Struck struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// Dated adds a line to the timeline.
type Dated struct{ Entry }

// Tied adds a link.
type Tied struct{ Link }

// Spoken adds a contact to the log.
type Spoken struct{ Contact }

// Stated adds what a party says of a field.
type Stated struct{ Statement }

// Written sets the prose of the dossier.
type Written struct{ Text }

// Admitted says that a person works on the case and may know it.
type Admitted struct {
	Person roster.PersonID `json:"person"`
	Reason string          `json:"reason"`
}

// Released says that a person works on the case no longer.
type Released struct {
	Person roster.PersonID `json:"person"`
	Reason string          `json:"reason"`
}

// Recused says that a person must not work on the case, for good.
type Recused struct {
	Person roster.PersonID `json:"person"`
	Reason string          `json:"reason"`
}

// MergedInto says that the subject is that of another dossier.
type MergedInto struct {
	Target ID     `json:"target"`
	Reason string `json:"reason"`
}

// Absorbed takes in what another dossier said. Its keys carry the id of where
// they came from.
type Absorbed struct {
	Source  ID      `json:"source"`
	Content Content `json:"content"`
	Reason  string  `json:"reason"`
}

// SplitOff gives some of the content to a dossier of its own.
type SplitOff struct {
	New    ID       `json:"new"`
	Keys   []string `json:"keys"`
	Reason string   `json:"reason"`
}

// PutBefore lays the dossier before the commission.
type PutBefore struct {
	Pin  Pin   `json:"pin"`
	Gaps []Gap `json:"gaps,omitempty"` // shown to the members
}

// Returned gives a submitted dossier back to the secretariat.
type Returned struct {
	Reason string `json:"reason"`
}

// DecidedOn says which decision was taken on the submitted dossier.
type DecidedOn struct {
	Decision string `json:"decision"`
}

// ClosedFor ends the work on a dossier.
type ClosedFor struct {
	Reason string `json:"reason"`
}

// Reopened takes up a dossier again.
type Reopened struct {
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Opened) Kind() string     { return "dossier.opened" }
func (Identified) Kind() string { return "dossier.identified" }
func (Alleged) Kind() string    { return "dossier.alleged" }
func (Struck) Kind() string     { return "dossier.struck" }
func (Dated) Kind() string      { return "dossier.dated" }
func (Tied) Kind() string       { return "dossier.linked" }
func (Spoken) Kind() string     { return "dossier.contact_logged" }
func (Stated) Kind() string     { return "dossier.stated" }
func (Written) Kind() string    { return "dossier.written" }
func (Admitted) Kind() string   { return "dossier.admitted" }
func (Released) Kind() string   { return "dossier.released" }
func (Recused) Kind() string    { return "dossier.recused" }
func (MergedInto) Kind() string { return "dossier.merged_into" }
func (Absorbed) Kind() string   { return "dossier.absorbed" }
func (SplitOff) Kind() string   { return "dossier.split_off" }
func (PutBefore) Kind() string  { return "dossier.submitted" }
func (Returned) Kind() string   { return "dossier.returned" }
func (DecidedOn) Kind() string  { return "dossier.decided" }
func (ClosedFor) Kind() string  { return "dossier.closed" }
func (Reopened) Kind() string   { return "dossier.reopened" }

// Events makes r read and write the events of dossiers.
func Events(r *event.Registry) {
	event.Register[Opened](r)
	event.Register[Identified](r)
	event.Register[Alleged](r)
	event.Register[Struck](r)
	event.Register[Dated](r)
	event.Register[Tied](r)
	event.Register[Spoken](r)
	event.Register[Stated](r)
	event.Register[Written](r)
	event.Register[Admitted](r)
	event.Register[Released](r)
	event.Register[Recused](r)
	event.Register[MergedInto](r)
	event.Register[Absorbed](r)
	event.Register[SplitOff](r)
	event.Register[PutBefore](r)
	event.Register[Returned](r)
	event.Register[DecidedOn](r)
	event.Register[ClosedFor](r)
	event.Register[Reopened](r)
	event.Register[Asked](r)
	event.Register[Answer](r)
	event.Register[Refusal](r)
	event.Register[Cancellation](r)
	event.Register[RanOut](r)
	event.Register[ClockPaused](r)
	event.Register[ClockResumed](r)
	event.Register[ClockExtended](r)
}

// Apply returns d as it is after e.
func (d Dossier) Apply(e event.Event, env event.Envelope) Dossier {
	d.State, _ = Transitions.Next(d.State, e.Kind())
	d.Version = env.Version
	switch e := e.(type) {
	case Opened:
		d.ID, d.Title, d.Subject, d.At = e.ID, e.Title, e.Subject, env.At
		d.Team = []roster.PersonID{roster.PersonID(env.By)}
		if !e.From.IsZero() {
			d.From = []ID{e.From}
		}
	case Identified:
		d.Subject = e.Subject
	case Written:
		d.Text = e.Text
	case Admitted:
		d.Team = append(slices.Clip(d.Team), e.Person)
	case Released:
		d.Team = without(d.Team, e.Person)
	case Recused:
		d.Team = without(d.Team, e.Person)
		d.Recused = append(slices.Clip(d.Recused), e.Person)
	case MergedInto:
		d.Into = e.Target
	case PutBefore:
		d.Pins = append(slices.Clip(d.Pins), e.Pin)
	case DecidedOn:
		d.Decision = e.Decision
	case Absorbed:
		d.From = append(without(d.From, e.Source), e.Source)
		d.Content = d.Content.plus(e.Content)
	case SplitOff:
		d.Content = d.Content.only(func(key string) bool { return !slices.Contains(e.Keys, key) })
	default:
		d = d.applyContent(e)
		d = d.applyAsking(e, env)
	}
	return d
}

func (d Dossier) applyContent(e event.Event) Dossier {
	switch e := e.(type) {
	case Alleged:
		d.Content = d.Content.plus(Content{Allegations: []Allegation{e.Allegation}})
	case Struck:
		d.Content = d.Content.only(func(key string) bool { return key != e.Key })
	case Dated:
		d.Content = d.Content.plus(Content{Timeline: []Entry{e.Entry}})
	case Tied:
		d.Content = d.Content.plus(Content{Links: []Link{e.Link}})
	case Spoken:
		d.Content = d.Content.plus(Content{Contacts: []Contact{e.Contact}})
	case Stated:
		d.Content = d.Content.plus(Content{Statements: []Statement{e.Statement}})
	}
	return d
}

func (d Dossier) applyAsking(e event.Event, env event.Envelope) Dossier {
	change := func(key string, f func(*Asking)) {
		d.Askings = slices.Clone(d.Askings)
		for i := range d.Askings {
			if a := &d.Askings[i]; a.Key == key {
				a.State, _ = AskingTransitions.Next(a.State, e.Kind())
				f(a)
			}
		}
	}
	end := func(a *Asking) {
		if c, err := a.Clock.Met(env.At); err == nil {
			a.Clock = c
		}
	}
	switch e := e.(type) {
	case Asked:
		d.Askings = append(slices.Clip(d.Askings), Asking{Asked: e, State: Waiting, By: roster.PersonID(env.By)})
	case Answer:
		change(e.Key, func(a *Asking) { a.Answer = e; end(a) })
	case Refusal:
		change(e.Key, func(a *Asking) { a.Reason = e.Reason; end(a) })
	case Cancellation:
		change(e.Key, func(a *Asking) { a.Reason = e.Reason; end(a) })
	case RanOut:
		change(e.Key, func(*Asking) {})
	case ClockPaused:
		change(e.Key, func(a *Asking) { a.Clock = e.Clock })
	case ClockResumed:
		change(e.Key, func(a *Asking) { a.Clock = e.Clock })
	case ClockExtended:
		change(e.Key, func(a *Asking) { a.Clock = e.Clock })
	}
	return d
}

func without[T comparable](all []T, x T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(y T) bool { return x == y })
}

// plus returns c and what more says, without touching either.
func (c Content) plus(more Content) Content {
	return Content{
		Allegations: slices.Concat(c.Allegations, more.Allegations),
		Timeline:    slices.Concat(c.Timeline, more.Timeline),
		Links:       slices.Concat(c.Links, more.Links),
		Contacts:    slices.Concat(c.Contacts, more.Contacts),
		Statements:  slices.Concat(c.Statements, more.Statements),
	}
}

// only returns the part of c of which keep holds.
func (c Content) only(keep func(key string) bool) Content {
	return Content{
		Allegations: filter(c.Allegations, func(x Allegation) bool { return keep(x.Key) }),
		Timeline:    filter(c.Timeline, func(x Entry) bool { return keep(x.Key) }),
		Links:       filter(c.Links, func(x Link) bool { return keep(x.Key) }),
		Contacts:    filter(c.Contacts, func(x Contact) bool { return keep(x.Key) }),
		Statements:  filter(c.Statements, func(x Statement) bool { return keep(x.Key) }),
	}
}

func filter[T any](all []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return !keep(x) })
}

// Keys returns the keys of c in the order of its parts.
func (c Content) Keys() []string {
	var keys []string
	c.only(func(key string) bool { keys = append(keys, key); return true })
	return keys
}

// under returns c with every key and every reference to one under a prefix.
func (c Content) under(prefix string) Content {
	c = c.plus(Content{})
	for i := range c.Allegations {
		a := &c.Allegations[i]
		a.Key = prefix + a.Key
		a.BasedOn = slices.Clone(a.BasedOn)
		for j := range a.BasedOn {
			a.BasedOn[j] = prefix + a.BasedOn[j]
		}
	}
	for i := range c.Timeline {
		c.Timeline[i].Key = prefix + c.Timeline[i].Key
	}
	for i := range c.Links {
		c.Links[i].Key = prefix + c.Links[i].Key
	}
	for i := range c.Contacts {
		c.Contacts[i].Key = prefix + c.Contacts[i].Key
	}
	for i := range c.Statements {
		c.Statements[i].Key = prefix + c.Statements[i].Key
	}
	return c
}
