package clerk

import (
	"bytes"
	"context"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/payment"
	"interdict/internal/record"
	"interdict/internal/screen"
)

// Question asks for somebody.
type Question struct {
	Subject   who    `json:"subject"`
	Threshold int    `json:"threshold,omitempty" minimum:"500" maximum:"1000" doc:"lowest name score of a hit, 1/1000"`
	AsOf      string `json:"as_of,omitempty" doc:"an entry of the ledger or an instant: answered by the register of then, without exclusions"`
}

// Query is the question as an engine takes it, without as_of. What cannot be read is
// Invalid and named.
func (q Question) Query() (screen.Query, screen.Options, error) {
	s, err := q.Subject.subject()
	return queryOf(s), screen.Options{Threshold: q.Threshold}, err
}

// Found is the answer, with the exclusions that cover its hits.
type Found struct {
	screen.Answer
	Excluded map[string]string `json:"excluded,omitempty"` // subject: exclusion
	Screened record.Subject    `json:"-"`                  // who was asked for, as it was understood
}

// Screen screens somebody against the register in force, or as it was. Nothing is
// suppressed: a hit that an exclusion covers is there and says so.
func (c *Clerk) Screen(ctx context.Context, o Order, q Question) (Found, error) {
	t, err := c.mayHouse(ctx, o, access.ScreenName)
	if err != nil {
		return Found{}, err
	}
	s, err := q.Subject.subject()
	if err != nil {
		return Found{}, err
	}
	when, err := ParseWhen(q.AsOf)
	if err != nil {
		return Found{}, err
	}
	engine, err := c.engineAt(ctx, when)
	if err != nil {
		return Found{}, err
	}
	a, err := engine.Name(queryOf(s), screen.Options{Threshold: q.Threshold})
	if err != nil {
		return Found{}, err
	}
	a.At = c.now().Truncate(time.Second)
	out := Found{Answer: a, Excluded: map[string]string{}, Screened: s}
	if when != (When{}) || len(a.Hits) == 0 {
		return out, nil
	}
	all, err := c.exclusionsOf(ctx, fingerprint(s))
	if err != nil || len(all) == 0 {
		return out, err
	}
	for _, h := range a.Hits {
		version, _ := c.Register.Entry(h.Subject)
		x := c.covering(all, t.By.Organisation, alert.Scope{
			Subject: fingerprint(s), Entry: h.Subject, EntryVersion: version, Name: h.Name, Channel: alert.FromOnboarded, Profile: c.profile(),
		})
		if !x.IsZero() {
			out.Excluded[h.Subject] = x.String()
		}
	}
	return out, nil
}

// ScreenDocument screens the text of a document, which is not kept.
func (c *Clerk) ScreenDocument(ctx context.Context, o Order, name string, content []byte) (screen.DocumentAnswer, error) {
	a, _, err := c.ScreenText(ctx, o, name, content)
	return a, err
}

// ScreenText screens the text of a document as ScreenDocument does, and returns
// that text too, which the places of the answer count.
func (c *Clerk) ScreenText(ctx context.Context, o Order, name string, content []byte) (screen.DocumentAnswer, document.Text, error) {
	if _, err := c.mayHouse(ctx, o, access.ScreenDocument); err != nil {
		return screen.DocumentAnswer{}, document.Text{}, err
	}
	if c.Register == nil {
		return screen.DocumentAnswer{}, document.Text{}, fault.New(fault.Conflict, "no register is loaded")
	}
	e := c.Register.Engine()
	text, err := document.Read(name, bytes.NewReader(content))
	var a screen.DocumentAnswer
	if err != nil {
		a = e.Unreadable(name, err, screen.Options{})
	} else if a, err = e.Document(name, text, screen.Options{}); err != nil {
		return a, text, err
	}
	a.At = c.now().Truncate(time.Second)
	return a, text, nil
}

// ScreenPayment screens every message of a payment file, which is not kept. A
// message that cannot be read is an answer too.
func (c *Clerk) ScreenPayment(ctx context.Context, o Order, name string, content []byte) ([]screen.PaymentAnswer, error) {
	if _, err := c.mayHouse(ctx, o, access.ScreenPayment); err != nil {
		return nil, err
	}
	if c.Register == nil {
		return nil, fault.New(fault.Conflict, "no register is loaded")
	}
	e, at := c.Register.Engine(), c.now().Truncate(time.Second)
	out := []screen.PaymentAnswer{}
	for m, err := range payment.Read(name, bytes.NewReader(content)) {
		var a screen.PaymentAnswer
		if err != nil {
			a = e.NoPayment(name, err, screen.Options{})
		} else if a, err = e.Payment(name, m, screen.Options{}); err != nil {
			return nil, err
		}
		a.At = at
		out = append(out, a)
	}
	return out, nil
}
