package deadline

import (
	"errors"
	"fmt"
	"time"

	"interdict/internal/fault"
)

// Unit is what a rule counts.
type Unit string

// The units. Working days are those of the authority, business days those of
// the obliged institution, whose calendar the caller gives: they count alike.
const (
	Hours        Unit = "hours"
	CalendarDays Unit = "calendar_days"
	WorkingDays  Unit = "working_days"
	BusinessDays Unit = "business_days"
	Months       Unit = "months" // to the same day of the month, or its last
	Years        Unit = "years"  // 29 February becomes the 28th
)

// most is the largest amount of a unit, about a hundred years.
var most = map[Unit]int{Hours: 876_000, CalendarDays: 36_500, WorkingDays: 26_000, BusinessDays: 26_000, Months: 1_200, Years: 100}

// Roll says what happens when a clock would end on a day that is not worked.
type Roll string

// The ways to roll. Hours normally do not roll. A clock rolled to another day
// ends with that day; it is never rolled back to before the day it began. Hours
// that are rolled to a day thus end later on it than hours that reach it by
// themselves; of the days this is not so.
const (
	NoRoll    Roll = "none"
	Following Roll = "following" // the next working day
	Preceding Roll = "preceding" // the last working day before
)

// From says where counting begins.
type From string

// Instant counts hours from the instant itself, and the day of the event as
// the first day. NextDay counts hours from the end of the day of the event, and
// the following day as the first.
const (
	Instant From = "instant"
	NextDay From = "next_day"
)

// Effect is what an expiry brings about. It happens as an event of its own.
type Effect string

// The effects.
const (
	Breach         Effect = "breach"          // nothing but the fact, to be reported
	Lapse          Effect = "lapse"           // what was in force no longer is
	DeemedRefusal  Effect = "deemed_refusal"  // silence refuses
	DeemedApproval Effect = "deemed_approval" // silence approves
	Escalation     Effect = "escalation"      // the matter goes to somebody else
)

// Span is an amount of a unit.
type Span struct {
	Amount int  `json:"amount"`
	Unit   Unit `json:"unit"`
}

// String writes the span as "30 calendar days".
func (s Span) String() string {
	words := map[Unit]string{
		Hours: "hour", CalendarDays: "calendar day", WorkingDays: "working day", BusinessDays: "business day", Months: "month", Years: "year",
	}
	if s.Amount == 1 {
		return "1 " + words[s.Unit]
	}
	return fmt.Sprintf("%d %ss", s.Amount, words[s.Unit])
}

// Check returns an Invalid error if the span cannot be counted.
func (s Span) Check() error {
	limit, ok := most[s.Unit]
	switch {
	case !ok:
		return fault.New(fault.Invalid, "unit %q: want hours, calendar_days, working_days, business_days, months or years", s.Unit)
	case s.Amount < 0 || s.Amount > limit:
		return fault.New(fault.Invalid, "amount %d: want 0 to %d %s", s.Amount, limit, s.Unit)
	case s.Amount == 0 && s.Unit != Hours:
		return fault.New(fault.Invalid, "amount 0: only hours can be 0, which is at once; the same day is 1 with start: instant")
	}
	return nil
}

// Rule is what a law says about one clock.
type Rule struct {
	Span       `yaml:",inline"`
	Start      From   `json:"start"`
	Roll       Roll   `json:"roll"`
	Calendar   string `json:"calendar"` // name; "none" has no days off
	OnExpiry   Effect `json:"on_expiry"`
	EscalateTo string `json:"escalate_to,omitempty"` // office or role, with escalation only
}

// Check returns everything that is wrong with the rule, or nil.
func (r Rule) Check() error {
	var errs []error
	say := func(format string, args ...any) {
		errs = append(errs, fault.New(fault.Invalid, format, args...))
	}
	if err := r.Span.Check(); err != nil {
		errs = append(errs, err)
	}
	if r.Start != Instant && r.Start != NextDay {
		say("start %q: want instant or next_day", r.Start)
	}
	if r.Roll != NoRoll && r.Roll != Following && r.Roll != Preceding {
		say("roll %q: want none, following or preceding", r.Roll)
	}
	if r.Calendar == "" {
		say("calendar is missing: want a name, or none")
	}
	switch r.OnExpiry {
	case Breach, Lapse, DeemedRefusal, DeemedApproval:
		if r.EscalateTo != "" {
			say("escalate_to %q, but on_expiry is %s", r.EscalateTo, r.OnExpiry)
		}
	case Escalation:
		if r.EscalateTo == "" {
			say("on_expiry is escalation: escalate_to must say to whom")
		}
	default:
		say("on_expiry %q: want breach, lapse, deemed_refusal, deemed_approval or escalation", r.OnExpiry)
	}
	return errors.Join(errs...)
}

// Start starts the clock of a rule at an instant. The calendar is that which
// the rule names; with business days it may be the institution's own. The error
// is Invalid and names everything that is wrong.
func Start(r Rule, c Calendar, at time.Time) (Clock, error) {
	err := errors.Join(r.Check(), c.Check())
	if err == nil && c.Name != r.Calendar && r.Unit != BusinessDays {
		err = fault.New(fault.Invalid, "the rule counts by the calendar %q, not by %q", r.Calendar, c.Name)
	}
	if err == nil && (at.Year() < 1900 || at.Year() > 9000) {
		err = fault.New(fault.Invalid, "a clock cannot begin in the year %d", at.Year())
	}
	if err != nil {
		return Clock{}, fault.As(fault.Invalid, fmt.Errorf("starting a clock of %s: %w", r.Span, err))
	}
	zone, err := c.Location()
	if err != nil {
		return Clock{}, err
	}
	due := r.due(c, zone, at)
	return Clock{
		Rule: r, Calendar: c.Name, CalendarVersion: c.Version(), Zone: c.Zone,
		Started: at.UTC().Round(0), Due: due, Doubts: c.doubts(DayOf(at, zone), DayOf(due, zone), r.counts()),
	}, nil
}

// counts reports whether days off matter to the rule.
func (r Rule) counts() bool {
	return r.Unit == WorkingDays || r.Unit == BusinessDays || r.Roll != NoRoll
}

// due returns the last instant in time of a clock that begins at an instant.
func (r Rule) due(c Calendar, zone *time.Location, at time.Time) time.Time {
	day := DayOf(at, zone)
	if r.Unit == Hours {
		from := at.UTC().Round(0)
		if r.Start == NextDay {
			from = day.End(zone)
		}
		due := from.Add(time.Duration(r.Amount) * time.Hour)
		last := DayOf(due, zone)
		if rolled := c.roll(r.Roll, last, day); rolled != last {
			return rolled.End(zone)
		}
		return due
	}
	base := day
	if r.Start == Instant {
		base = day.AddDays(-1)
	}
	return c.roll(r.Roll, c.add(base, r.Span), day).End(zone)
}

// add counts a span of days, months or years from the end of a day.
func (c Calendar) add(d Day, s Span) Day {
	switch s.Unit {
	case Months:
		return d.AddMonths(s.Amount)
	case Years:
		return d.AddMonths(12 * s.Amount)
	case CalendarDays:
		return d.AddDays(s.Amount)
	}
	for left := s.Amount; left > 0; {
		if d = d.AddDays(1); c.Working(d) {
			left--
		}
	}
	return d
}

// roll returns the day to which a clock that ends on d is rolled; one that
// began on a day is not rolled back to before it.
func (c Calendar) roll(r Roll, d, began Day) Day {
	step := map[Roll]int{Following: 1, Preceding: -1}[r]
	if step == 0 {
		return d
	}
	for e := d; !e.Before(began); e = e.AddDays(step) {
		if c.Working(e) {
			return e
		}
	}
	return d
}

// doubts says which years were counted without knowing their movable holidays.
func (c Calendar) doubts(from, until Day, counted bool) []string {
	for year := from.Year; counted && year <= until.Year; year++ {
		if c.Knows(year) {
			continue
		}
		listed := "of no year"
		if c.Covers != (Range{}) {
			listed = fmt.Sprintf("of %d to %d only", c.Covers.From, c.Covers.Until)
		}
		return []string{fmt.Sprintf("calendar %s lists movable days off %s; in %d they are not known and were counted as working days", c.Name, listed, year)}
	}
	return nil
}
