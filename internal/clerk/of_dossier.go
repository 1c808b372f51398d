package clerk

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"interdict/internal/access"
	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/roster"
)

// opening begins a dossier.
type opening struct {
	Title   string `json:"title"`
	Subject who    `json:"subject"`
}

// asking asks somebody; its clock is that of the statute.
type asking struct {
	Key      string             `json:"key"`
	What     dossier.AskingKind `json:"what" enum:"task,request,foreign_in,foreign_out"`
	To       string             `json:"to" doc:"person, organisation or state that is to answer"`
	From     string             `json:"from,omitempty" doc:"state that asks us"`
	Text     string             `json:"text"`
	Received time.Time          `json:"received,omitzero" doc:"when a foreign request came in; its clock runs from then"`
}

// span is a piece of a material. The hash of its words is worked out from the
// vault; one that is given must be theirs.
type span struct {
	Material material.ID `json:"material"`
	Document string      `json:"document" doc:"hash of the document or derived text"`
	Start    int         `json:"start" doc:"bytes"`
	End      int         `json:"end"`
	Quote    string      `json:"quote,omitempty" doc:"SHA-256 of the bytes, hexadecimal"`
}

type allegation struct {
	Key       string            `json:"key"`
	Ground    string            `json:"ground" doc:"code of a ground of the statute"`
	Element   string            `json:"element"`
	Text      string            `json:"text"`
	Assertion dossier.Assertion `json:"assertion" enum:"fact,assessment,hearsay"`
	Sort      material.Sort     `json:"sort,omitempty" doc:"what the evidence is"`
	Spans     []span            `json:"spans,omitempty"`
	BasedOn   []string          `json:"based_on,omitempty"`
	Closed    bool              `json:"closed,omitempty"`
}

type timelineEntry struct {
	Key       string            `json:"key"`
	When      string            `json:"when" doc:"as far as it is known: 2015, 2015-06, 2015-06-30"`
	Text      string            `json:"text"`
	Assertion dossier.Assertion `json:"assertion" enum:"fact,assessment,hearsay"`
	Spans     []span            `json:"spans,omitempty"`
	Closed    bool              `json:"closed,omitempty"`
}

type statement struct {
	Key   string `json:"key"`
	Party string `json:"party"`
	Field string `json:"field"`
	Value string `json:"value"`
	Span  *span  `json:"span,omitempty"`
}

type keyed struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

type onPerson struct {
	Person roster.PersonID `json:"person"`
	Reason string          `json:"reason"`
}

var dossierCommands = []Command{
	making("dossier.open", "Open the dossier of one subject.", func(t *Turn, _ opening) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, func(t *Turn, b opening) error {
		o, err := t.opened(b)
		if err != nil {
			return err
		}
		events, err := dossier.Dossier{}.Open(t.By, o)
		if err != nil {
			return err
		}
		return t.add(dossier.Stream(o.ID), events...)
	}),
	verb("dossier.identify", "Say better who the subject is.", func(t *Turn, d dossier.Dossier, b struct {
		Subject who    `json:"subject"`
		Reason  string `json:"reason"`
	},
	) ([]event.Event, error) {
		s, err := b.Subject.subject()
		if err != nil {
			return nil, err
		}
		return d.Identify(t.By, s, b.Reason)
	}),
	verb("dossier.write", "Set the open and the closed text.", func(t *Turn, d dossier.Dossier, b dossier.Text) ([]event.Event, error) {
		return d.Write(t.By, b)
	}),
	verb("dossier.allege", "Say of one element of one ground what is so and what shows it.", func(t *Turn, d dossier.Dossier, b allegation) ([]event.Event, error) {
		grounds, err := t.grounds()
		if err != nil {
			return nil, err
		}
		spans, err := t.spans(b.Spans)
		if err != nil {
			return nil, err
		}
		return d.Allege(t.By, grounds, dossier.Allegation{
			Key: b.Key, Ground: b.Ground, Element: b.Element, Text: b.Text, Assertion: b.Assertion,
			Sort: b.Sort, Spans: spans, BasedOn: b.BasedOn, Closed: b.Closed,
		})
	}),
	verb("dossier.date", "Add a line to the timeline.", func(t *Turn, d dossier.Dossier, b timelineEntry) ([]event.Event, error) {
		when, err := partial(b.When)
		if err != nil {
			return nil, err
		}
		spans, err := t.spans(b.Spans)
		if err != nil {
			return nil, err
		}
		return d.Date(t.By, dossier.Entry{Key: b.Key, When: when, Text: b.Text, Assertion: b.Assertion, Spans: spans, Closed: b.Closed})
	}),
	verb("dossier.say", "Record what a party says of a field.", func(t *Turn, d dossier.Dossier, b statement) ([]event.Event, error) {
		s := dossier.Statement{Key: b.Key, Party: b.Party, Field: b.Field, Value: b.Value}
		if b.Span != nil {
			spans, err := t.spans([]span{*b.Span})
			if err != nil {
				return nil, err
			}
			s.Span = &spans[0]
		}
		return d.Say(t.By, s)
	}),
	verb("dossier.link", "Tie the dossier to another one or to an inquiry of another owner.", func(t *Turn, d dossier.Dossier, b dossier.Link) ([]event.Event, error) {
		return d.Link(t.By, b)
	}),
	verb("dossier.log_contact", "Record a conversation with a partner, and when it may be told.", func(t *Turn, d dossier.Dossier, b dossier.Contact) ([]event.Event, error) {
		return d.LogContact(t.By, t.At, b)
	}),
	verb("dossier.strike", "Take an entry out of what the dossier says; it stays in its history.", func(t *Turn, d dossier.Dossier, b keyed) ([]event.Event, error) {
		return d.Strike(t.By, b.Key, b.Reason)
	}),
	verb("dossier.ask", "Ask a person, an agency or a state, on the clock of the statute.", func(t *Turn, d dossier.Dossier, b asking) ([]event.Event, error) {
		from := t.At
		if !b.Received.IsZero() {
			from = b.Received.UTC()
		}
		clock, err := t.clock(clockOf[b.What], from)
		if err != nil {
			return nil, err
		}
		return d.Ask(t.By, t.At, dossier.Asked{Key: b.Key, What: b.What, To: b.To, From: b.From, Text: b.Text, Clock: clock})
	}),
	verb("dossier.answer", "Answer what was asked.", func(t *Turn, d dossier.Dossier, b dossier.Answer) ([]event.Event, error) {
		if err := t.asked(d, b.Key); err != nil {
			return nil, err
		}
		return d.Answer(t.By, b)
	}),
	verb("dossier.decline", "Refuse to answer, with reasons.", func(t *Turn, d dossier.Dossier, b keyed) ([]event.Event, error) {
		if err := t.asked(d, b.Key); err != nil {
			return nil, err
		}
		return d.Decline(t.By, b.Key, b.Reason)
	}),
	verb("dossier.cancel", "Take an asking back.", func(t *Turn, d dossier.Dossier, b keyed) ([]event.Event, error) {
		return d.Cancel(t.By, b.Key, b.Reason)
	}),
	verb("dossier.pause", "Stop the clock of an asking.", func(t *Turn, d dossier.Dossier, b keyed) ([]event.Event, error) {
		return d.Pause(t.By, t.At, b.Key, b.Reason)
	}),
	verb("dossier.resume", "Let the clock of an asking run again.", func(t *Turn, d dossier.Dossier, b struct {
		Key string `json:"key"`
	},
	) ([]event.Event, error) {
		return d.Resume(t.By, t.At, b.Key)
	}),
	verb("dossier.extend", "Give an asking more time; another person than the one who asked does that.", func(t *Turn, d dossier.Dossier, b struct {
		Key    string        `json:"key"`
		Amount int           `json:"amount"`
		Unit   deadline.Unit `json:"unit" enum:"hours,calendar_days,working_days,business_days,months,years"`
		Reason string        `json:"reason"`
	},
	) ([]event.Event, error) {
		for _, a := range d.Askings {
			if a.Key == b.Key {
				cal, err := t.calendar(a.Clock.Rule.Calendar)
				if err != nil {
					return nil, err
				}
				return d.Extend(t.By, t.At, b.Key, deadline.Span{Amount: b.Amount, Unit: b.Unit}, cal, b.Reason)
			}
		}
		return nil, fault.New(fault.NotFound, "dossier %s has no request %q", d.ID, b.Key)
	}),
	verb("dossier.admit", "Let a person work on the case.", func(t *Turn, d dossier.Dossier, b onPerson) ([]event.Event, error) {
		p, ok := t.Roster.Person(b.Person)
		if !ok {
			return nil, fault.New(fault.Invalid, "nobody here is %q", b.Person)
		}
		return d.Admit(t.By, p, b.Reason)
	}),
	verb("dossier.release", "End a person's work on the case.", func(t *Turn, d dossier.Dossier, b onPerson) ([]event.Event, error) {
		return d.Release(t.By, b.Person, b.Reason)
	}),
	verb("dossier.recuse", "Stand aside from the case, at once and for good.", func(t *Turn, d dossier.Dossier, b because) ([]event.Event, error) {
		return d.Recuse(t.By, b.Reason)
	}),
	verb("dossier.submit", "Lay the dossier before the commission, pinned to statute, version and register.", func(t *Turn, d dossier.Dossier, _ nothing) ([]event.Event, error) {
		law, err := t.law()
		if err != nil {
			return nil, err
		}
		grounds, err := t.grounds()
		if err != nil {
			return nil, err
		}
		return d.Submit(t.By, grounds, law.ID, law.Version, t.clerk.snapshot())
	}),
	verb("dossier.return", "Give a submitted dossier back, for more work.", func(t *Turn, d dossier.Dossier, b because) ([]event.Event, error) {
		return d.Return(t.By, b.Reason)
	}),
	onThing("dossier.merge", "Merge the dossier into another one of the same subject.", func(t *Turn, stream string, d dossier.Dossier, b struct {
		Into   dossier.ID `json:"into"`
		Reason string     `json:"reason"`
	},
	) error {
		if err := t.reaches("dossier", b.Into.String()); err != nil {
			return err
		}
		target, err := get[dossier.Dossier](t, dossier.Stream(b.Into))
		if err != nil {
			return err
		}
		mine, theirs, err := d.Merge(t.By, target, b.Reason)
		if err != nil {
			return err
		}
		if err := t.add(stream, mine...); err != nil {
			return err
		}
		return t.add(dossier.Stream(b.Into), theirs...)
	}),
	onThing("dossier.split", "Give some of what the dossier says to a new dossier of another subject.", func(t *Turn, stream string, d dossier.Dossier, b struct {
		opening
		Keys   []string `json:"keys"`
		Reason string   `json:"reason"`
	},
	) error {
		o, err := t.opened(b.opening)
		if err != nil {
			return err
		}
		mine, theirs, err := d.Split(t.By, o, b.Keys, b.Reason)
		if err != nil {
			return err
		}
		if err := t.add(stream, mine...); err != nil {
			return err
		}
		return t.add(dossier.Stream(o.ID), theirs...)
	}),
	verb("dossier.close", "End the work on a dossier.", func(t *Turn, d dossier.Dossier, b because) ([]event.Event, error) {
		return d.Close(t.By, b.Reason)
	}),
	verb("dossier.reopen", "Take up a decided or closed dossier again.", func(t *Turn, d dossier.Dossier, b because) ([]event.Event, error) {
		return d.Reopen(t.By, b.Reason)
	}),
}

func (t *Turn) opened(b opening) (dossier.Opened, error) {
	s, err := b.Subject.subject()
	if err != nil {
		return dossier.Opened{}, err
	}
	id, err := newID[dossier.Dossier](t.clerk)
	return dossier.Opened{ID: id, Title: b.Title, Subject: s}, err
}

// asked returns NotFound unless the person answers for whom it was asked of, or
// works on the case.
func (t *Turn) asked(d dossier.Dossier, key string) error {
	for _, a := range d.Askings {
		if a.Key != key {
			continue
		}
		if mine := a.To == string(t.By.ID) || a.To == string(t.By.Organisation); mine || contains(d.Team, t.By.ID) {
			return nil
		}
	}
	return fault.New(fault.NotFound, "dossier %s has no request %q", d.ID, key)
}

// mayCite returns NotFound unless the person may read what a material says
// closed: whoever cites it puts it to use.
func (t *Turn) mayCite(id material.ID) error {
	stream := material.Stream(id)
	h, err := t.see(stream)
	if err != nil {
		return err
	}
	on, err := t.resource(h)
	if err != nil {
		return err
	}
	o := t.order.with(access.MaterialReadClosed)
	o.Purpose = "evidence of a dossier"
	return t.hideOr(t.clerk.allow(t.By, o, access.MaterialReadClosed, on), stream)
}

// spans holds every span against the words in the vault.
func (t *Turn) spans(in []span) ([]dossier.Span, error) {
	var out []dossier.Span
	for i, s := range in {
		if err := t.reaches("material", s.Material.String()); err != nil {
			return nil, fault.New(fault.KindOf(err), "spans[%d]: %w", i, err)
		}
		if err := t.mayCite(s.Material); err != nil {
			return nil, fault.New(fault.KindOf(err), "spans[%d]: %w", i, err)
		}
		text, err := t.clerk.document(t.ctx, s.Material, s.Document)
		if err != nil {
			return nil, fault.New(fault.KindOf(err), "spans[%d]: %w", i, err)
		}
		if s.Start < 0 || s.End <= s.Start || s.End > len(text) {
			return nil, fault.New(fault.Invalid, "spans[%d]: %d to %d is not in a text of %d bytes", i, s.Start, s.End, len(text))
		}
		sum := sha256.Sum256(text[s.Start:s.End])
		x := dossier.Span{Material: s.Material, Document: s.Document, Start: s.Start, End: s.End, Quote: hex.EncodeToString(sum[:])}
		if s.Quote != "" {
			x.Quote = s.Quote
		}
		if err := x.Holds(text); err != nil {
			return nil, fault.New(fault.Invalid, "spans[%d]: %w", i, err)
		}
		out = append(out, x)
	}
	return out, nil
}
