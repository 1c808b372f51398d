package trial

import (
	"context"
	"fmt"
	"time"

	"interdict/internal/bench"
	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/screen"
)

// Options say what is tried.
type Options struct {
	Seed      uint64
	Sample    int             // names for each list, field and mutation
	File      string          // where the customers come from
	Customers []book.Customer // none of them listed; made ones if there are none
	Machine   bench.Machine
	At        time.Time
	Step      func(part string) // called before each part; may be nil
}

// Pack is everything that was tried, with all figures that the page shows.
type Pack struct {
	Date      time.Time     `json:"date"`
	Machine   bench.Machine `json:"machine"`
	Profile   string        `json:"profile"`
	Snapshot  string        `json:"snapshot"`
	Seed      uint64        `json:"seed"`
	Sample    int           `json:"sample"`
	Threshold int           `json:"threshold"` // of names, 1/1000
	Mention   int           `json:"mention"`   // of mentions in texts, 1/1000
	Subjects  int           `json:"subjects"`
	Lists     []ListCount   `json:"lists"`

	SelfTest  SelfTest        `json:"self_test"`
	Canaries  Canaries        `json:"canaries"`
	Recall    Recall          `json:"recall"`
	Customers bench.Customers `json:"customers"`
	Made      bool            `json:"customers_made"` // the customers were invented here
	Costs     Thresholds      `json:"thresholds"`
	Fairness  bench.Fairness  `json:"fairness"`
	Line      Line            `json:"line"`
}

// Run tries a register. It fails only where it cannot measure; what the
// measurement found wrong says [Pack.Failure].
func Run(ctx context.Context, e *screen.Engine, o Options) (Pack, error) {
	return run(ctx, e, o, func(c []Canary) []Canary { return c })
}

// run lets tests alter the canaries before they are asked.
func run(ctx context.Context, e *screen.Engine, o Options, alter func([]Canary) []Canary) (Pack, error) {
	p := Pack{
		Date: o.At.UTC(), Machine: o.Machine, Profile: match.Profile(), Snapshot: e.Snapshot(), Seed: o.Seed, Sample: o.Sample,
		Threshold: screen.DefaultThreshold, Mention: screen.DefaultMention,
	}
	r, err := read(e)
	if err != nil {
		return p, err
	}
	if len(r.entries) == 0 {
		return p, fault.New(fault.NotFound, "the register is empty: there is nothing to validate")
	}
	p.Subjects, p.Lists = len(r.subjects), r.lists
	for _, part := range []struct {
		what string
		try  func() error
	}{
		{"every entry finds itself", func() (err error) { p.SelfTest, err = selfTest(ctx, e, r); return err }},
		{"canaries", func() (err error) { p.Canaries, err = tryCanaries(ctx, r, o.Seed, alter); return err }},
		{"recall", func() (err error) { p.Recall, err = recall(ctx, e, r, o); return err }},
		{"customers", func() (err error) { p.Customers, p.Made, err = falseAlerts(e, &o); return err }},
		{"thresholds", func() (err error) { p.Costs, err = thresholds(ctx, e, r, o, p.Customers); return err }},
		{"fairness", func() (err error) { p.Fairness, err = bench.MeasureFairness(e, o.fairness(p.Made)); return err }},
		{"the line", func() (err error) { p.Line, err = drawLine(ctx, e, r, o); return err }},
	} {
		if o.Step != nil {
			o.Step(part.what)
		}
		if err := part.try(); err != nil {
			return p, fmt.Errorf("%s: %w", part.what, err)
		}
	}
	return p, nil
}

// Failure returns what must not be, nil if all is as it must be.
func (p Pack) Failure() error {
	names, canaries := len(p.SelfTest.Failures), len(p.Canaries.Failures)
	if names+canaries == 0 {
		return nil
	}
	return fault.New(fault.Internal, "validation failed: %d of %d times a listed name did not find its entry, %d of %d times a canary was not answered as it must be",
		names, p.SelfTest.Asked, canaries, p.Canaries.Asked)
}
