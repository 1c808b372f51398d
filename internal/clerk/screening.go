package clerk

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/payment"
	"interdict/internal/screen"
)

// Question asks for somebody.
type Question struct {
	Subject   who    `json:"subject"`
	Threshold int    `json:"threshold,omitempty" minimum:"500" maximum:"1000" doc:"lowest name score of a hit, 1/1000"`
	AsOf      string `json:"as_of,omitempty" doc:"an entry of the ledger or an instant: answered by the register of then, without exclusions"`
}

// Found is the answer, with the exclusions that cover its hits.
type Found struct {
	screen.Answer
	Excluded map[string]string `json:"excluded,omitempty"` // subject: exclusion
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
	out := Found{Answer: a, Excluded: map[string]string{}}
	if when != (When{}) {
		return out, nil
	}
	for _, h := range a.Hits {
		version, _ := c.Register.Entry(h.Subject)
		x, err := c.excluded(ctx, t.By.Organisation, alert.Scope{
			Subject: fingerprint(s), Entry: h.Subject, EntryVersion: version, Name: h.Name, Channel: alert.FromOnboarded, Profile: c.profile(),
		})
		if err != nil {
			return Found{}, fmt.Errorf("looking for exclusions: %w", err)
		}
		if !x.IsZero() {
			out.Excluded[h.Subject] = x.String()
		}
	}
	return out, nil
}

// ScreenDocument screens the text of a document, which is not kept.
func (c *Clerk) ScreenDocument(ctx context.Context, o Order, name string, content []byte) (screen.DocumentAnswer, error) {
	if _, err := c.mayHouse(ctx, o, access.ScreenDocument); err != nil {
		return screen.DocumentAnswer{}, err
	}
	if c.Register == nil {
		return screen.DocumentAnswer{}, fault.New(fault.Conflict, "no register is loaded")
	}
	e := c.Register.Engine()
	text, err := document.Read(name, bytes.NewReader(content))
	var a screen.DocumentAnswer
	if err != nil {
		a = e.Unreadable(name, err, screen.Options{})
	} else if a, err = e.Document(name, text, screen.Options{}); err != nil {
		return a, err
	}
	a.At = c.now().Truncate(time.Second)
	return a, nil
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
