package deadline

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interdict/internal/fault"
)

// Clock is one running deadline, with all that happened to it. It is a value:
// every change returns a new one. All instants are UTC.
type Clock struct {
	Rule            Rule        `json:"rule"`             // as it stood when the clock began
	Calendar        string      `json:"calendar"`         // that counted
	CalendarVersion string      `json:"calendar_version"` // its hash then
	Zone            string      `json:"zone"`
	Started         time.Time   `json:"started"`
	Due             time.Time   `json:"due"` // the last instant in time; later by the pause once a pause ends
	Doubts          []string    `json:"doubts,omitempty"`
	Pauses          []Pause     `json:"pauses,omitempty"`
	Extensions      []Extension `json:"extensions,omitempty"`
	Done            time.Time   `json:"done,omitzero"` // when it was met
}

// Pause is a time that does not count.
type Pause struct {
	From   time.Time `json:"from"`
	Until  time.Time `json:"until,omitzero"` // zero while it lasts
	Reason string    `json:"reason"`
}

// Extension is a time added by somebody who may.
type Extension struct {
	At        time.Time `json:"at"`
	By        Span      `json:"by"`
	Reason    string    `json:"reason"`
	Authority string    `json:"authority"`
	Was       time.Time `json:"was"` // due before it
}

// Phase is where a clock stands.
type Phase string

// The phases.
const (
	Running Phase = "running"
	Paused  Phase = "paused"
	Met     Phase = "met"
	Expired Phase = "expired"
)

// State is where a clock stands at an instant. Of Left and Late at most one is
// more than zero. A clock that was met tells what was left, or how late it was,
// when it was met.
type State struct {
	Phase Phase         `json:"phase"`
	Left  time.Duration `json:"left"`
	Late  time.Duration `json:"late"`
}

// State returns where the clock stands at an instant. Only what is recorded
// counts: a clock is not met before it was said to be.
func (c Clock) State(now time.Time) State {
	at, phase := now, Running
	if !c.Done.IsZero() {
		at, phase = c.Done, Met
	} else if p, ok := c.pause(); ok {
		at, phase = p.From, Paused
	}
	left := c.Due.Sub(at)
	if left < 0 {
		if phase == Running {
			phase = Expired
		}
		return State{Phase: phase, Late: -left}
	}
	return State{Phase: phase, Left: left}
}

// LastDay returns the day, in the clock's zone, on which it ends, as people
// are told it.
func (c Clock) LastDay() (Day, error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return Day{}, fault.New(fault.Invalid, "unknown time zone %q", c.Zone)
	}
	return DayOf(c.Due, zone), nil
}

// pause returns the pause that lasts.
func (c Clock) pause() (Pause, bool) {
	if n := len(c.Pauses); n > 0 && c.Pauses[n-1].Until.IsZero() {
		return c.Pauses[n-1], true
	}
	return Pause{}, false
}

// last returns the instant of the last thing that happened to the clock.
func (c Clock) last() time.Time {
	t := c.Started
	later := func(u time.Time) {
		if u.After(t) {
			t = u
		}
	}
	for _, p := range c.Pauses {
		later(p.From)
		later(p.Until)
	}
	for _, e := range c.Extensions {
		later(e.At)
	}
	return t
}

// open returns a Conflict error if nothing can happen to the clock any more,
// or not at that instant.
func (c Clock) open(at time.Time) error {
	switch {
	case c.Started.IsZero():
		return fault.New(fault.Invalid, "the clock was never started")
	case !c.Done.IsZero():
		return fault.New(fault.Conflict, "it was met at %s", c.Done.Format(time.RFC3339))
	case at.Before(c.last()):
		return fault.New(fault.Conflict, "%s is before the last that happened to it, at %s", at.UTC().Format(time.RFC3339Nano), c.last().Format(time.RFC3339Nano))
	}
	return nil
}

// Pause stops the clock. One that is paused, met or expired cannot be paused:
// the error is Conflict.
func (c Clock) Pause(at time.Time, reason string) (Clock, error) {
	err := c.open(at)
	phase := c.State(at).Phase
	switch {
	case err != nil:
	case phase != Running:
		err = fault.New(fault.Conflict, "it is %s", phase)
	case reason == "":
		err = fault.New(fault.Invalid, "a reason is needed")
	}
	if err != nil {
		return c, fmt.Errorf("pausing a clock: %w", err)
	}
	c.Pauses = append(slices.Clone(c.Pauses), Pause{From: at.UTC().Round(0), Reason: reason})
	return c, nil
}

// Resume ends the pause. What is due moves by exactly the length of the pause.
func (c Clock) Resume(at time.Time) (Clock, error) {
	err := c.open(at)
	p, paused := c.pause()
	if err == nil && !paused {
		err = fault.New(fault.Conflict, "it is not paused")
	}
	if err != nil {
		return c, fmt.Errorf("resuming a clock: %w", err)
	}
	p.Until = at.UTC().Round(0)
	c.Pauses = append(slices.Clone(c.Pauses[:len(c.Pauses)-1]), p)
	c.Due = c.Due.Add(p.Until.Sub(p.From))
	return c, nil
}

// Extend adds a span to what is due: hours to the instant, days and months to
// the day on which it ends, which then ends with that day. The calendar is that
// of the clock; it may be a later version. An expired clock cannot be extended,
// for its effect took place.
func (c Clock) Extend(at time.Time, by Span, cal Calendar, reason, authority string) (Clock, error) {
	err := errors.Join(c.open(at), by.Check(), cal.Check())
	zone, unknown := cal.Location()
	switch {
	case err != nil || unknown != nil:
		err = errors.Join(err, unknown)
	case c.State(at).Phase == Expired:
		err = fault.New(fault.Conflict, "it expired at %s", c.Due.Format(time.RFC3339))
	case cal.Name != c.Calendar:
		err = fault.New(fault.Invalid, "the clock counts by the calendar %q, not by %q", c.Calendar, cal.Name)
	case by.Amount == 0 || reason == "" || authority == "":
		err = fault.New(fault.Invalid, "a span, a reason and an authority are needed")
	}
	if err != nil {
		return c, fmt.Errorf("extending a clock by %s: %w", by, err)
	}
	ext := Extension{At: at.UTC().Round(0), By: by, Reason: reason, Authority: authority, Was: c.Due}
	c.Extensions = append(slices.Clone(c.Extensions), ext)
	if by.Unit == Hours {
		c.Due = c.Due.Add(time.Duration(by.Amount) * time.Hour)
		return c, nil
	}
	from := DayOf(c.Due, zone)
	last := cal.roll(c.Rule.Roll, cal.add(from, by), from)
	c.Due = last.End(zone)
	counts := c.Rule
	counts.Span = by
	for _, d := range cal.doubts(from, last, counts.counts()) {
		if !slices.Contains(c.Doubts, d) {
			c.Doubts = append(slices.Clone(c.Doubts), d)
		}
	}
	return c, nil
}

// Met says that what was to be done was done, in time or late (State tells).
// A pause ends with it.
func (c Clock) Met(at time.Time) (Clock, error) {
	if _, paused := c.pause(); paused {
		resumed, err := c.Resume(at)
		if err != nil {
			return c, err
		}
		c = resumed
	}
	if err := c.open(at); err != nil {
		return c, fmt.Errorf("meeting a clock: %w", err)
	}
	c.Done = at.UTC().Round(0)
	return c, nil
}
