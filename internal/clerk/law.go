package clerk

import (
	"context"
	"strings"
	"sync"
	"time"

	"interdict/internal/access"
	"interdict/internal/charter"
	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/statute"
)

// adoption adopts one of the statutes that we ship, or another one by its text.
type adoption struct {
	Preset string `json:"preset,omitempty" doc:"id of a statute that is shipped: model-1373, ru-2015, uk-2019 …"`
	Text   string `json:"text,omitempty" doc:"the whole statute in YAML, instead of a preset"`
	Reason string `json:"reason" doc:"the act by which it is adopted"`
}

var statuteCommands = []Command{
	command[adoption]("statute.adopt", "Adopt a version of a statute; it rules what begins from now on.", false, func(t *Turn, id string, b adoption) error {
		if id != "main" {
			return fault.New(fault.NotFound, "there is no statute/%s", id)
		}
		if err := t.need(access.StatuteAdopt, access.Resource{Kind: "statute", ID: "main", Owner: t.By.Organisation}); err != nil {
			return t.hide(err, charter.Stream)
		}
		c, err := get[charter.Charter](t, charter.Stream)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		text := b.Text
		switch {
		case (b.Preset == "") == (text == ""):
			return fault.New(fault.Invalid, "want a preset or a text, and not both")
		case b.Preset != "":
			if text, err = statute.Text(b.Preset); err != nil {
				return err
			}
		}
		events, err := c.Adopt(t.By, text, b.Reason)
		if err != nil {
			return err
		}
		return t.add(charter.Stream, events...)
	}),
}

var statuteRoom = roomOf("statute", charter.Events,
	func(charter.Charter) row { return row{state: "kept"} },
	func(charter.Charter) []tie { return nil },
	func(charter.Charter) access.Resource { return access.Resource{Kind: "statute", ID: "main"} })

// read remembers statutes by their digest.
var read sync.Map

func lawOf(a charter.Adopted) (statute.Statute, error) {
	if s, ok := read.Load(a.Digest); ok {
		return s.(statute.Statute), nil
	}
	s, err := statute.Read(a.ID, strings.NewReader(a.Text))
	if err == nil {
		read.Store(a.Digest, s)
	}
	return s, err
}

// law returns the statute in force.
func (c *Clerk) law(ctx context.Context) (statute.Statute, error) {
	h, err := c.thing(ctx, charter.Stream)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return statute.Statute{}, err
	}
	all, _ := h.value.(charter.Charter)
	a, err := all.InForce()
	if err != nil {
		return statute.Statute{}, err
	}
	return lawOf(a)
}

// law returns the statute in force. That there is none is a state that refuses.
func (t *Turn) law() (statute.Statute, error) {
	s, err := t.clerk.law(t.ctx)
	if fault.KindOf(err) == fault.NotFound {
		err = fault.As(fault.Conflict, err)
	}
	return s, err
}

// lawThen returns the version that something rests on.
func (c *Clerk) lawThen(ctx context.Context, id, version string) (statute.Statute, error) {
	h, err := c.thing(ctx, charter.Stream)
	if err != nil {
		return statute.Statute{}, err
	}
	a, err := h.value.(charter.Charter).Version(id, version)
	if err != nil {
		return statute.Statute{}, err
	}
	return lawOf(a)
}

func (t *Turn) lawThen(id, version string) (statute.Statute, error) {
	return t.clerk.lawThen(t.ctx, id, version)
}

func (t *Turn) grounds() ([]dossier.Ground, error) {
	law, err := t.law()
	return law.Checklist(), err
}

// clockOf names the clock of the statute for each kind of asking.
var clockOf = map[dossier.AskingKind]string{
	dossier.Task: "task", dossier.Request: "request", dossier.ForeignIn: "foreign_in", dossier.ForeignOut: "foreign_out",
}

// clock starts a clock of the statute in force.
func (t *Turn) clock(use string, at time.Time) (deadline.Clock, error) {
	law, err := t.law()
	if err != nil {
		return deadline.Clock{}, err
	}
	clock, err := law.Starts(use, at, t.calendar)
	if fault.KindOf(err) == fault.NotFound { // nobody looked for a thing
		err = fault.As(fault.Conflict, err)
	}
	return clock, err
}

// calendar returns a calendar by its name.
func (t *Turn) calendar(name string) (deadline.Calendar, error) { return deadline.Named(name) }
