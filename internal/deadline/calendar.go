package deadline

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the zones must be there on a machine without them

	"github.com/goccy/go-yaml"

	"interdict/internal/fault"
)

// Level says how far a value of the law was verified.
type Level string

// The levels, from the best.
const (
	Official  Level = "official"  // the text of the rule-maker was seen
	Secondary Level = "secondary" // a public source that quotes or describes it was seen
	ToVerify  Level = "to_verify" // general knowledge: check before use
)

// Levels are the levels, from the best.
var Levels = []Level{Official, Secondary, ToVerify}

// Calendar says which days are worked in a jurisdiction, and in which time
// zone its days begin. A day is worked unless it is a day of the weekend or a
// holiday; a day under Worked is worked in any case.
type Calendar struct {
	Name     string    `json:"name"`
	Title    string    `json:"title"`
	Source   string    `json:"source"`
	AsOf     Day       `json:"as_of"`
	Verified Level     `json:"verified"`
	Note     string    `json:"note,omitempty"`
	Zone     string    `json:"zone"`             // IANA name
	Weekend  []string  `json:"weekend"`          // monday … sunday
	Covers   Range     `json:"covers,omitzero"`  // years whose movable days are listed; none given: there are no movable days
	Fixed    []Fixed   `json:"fixed,omitempty"`  // the same day every year
	Dated    []Holiday `json:"dated,omitempty"`  // movable holidays, substitutes, days off by decree
	Worked   []Holiday `json:"worked,omitempty"` // days of a weekend or holiday that are worked, by decree
}

// Range is a range of years, both included.
type Range struct {
	From  int `json:"from"`
	Until int `json:"until"`
}

// Fixed is a holiday on the same day every year, as 05-09.
type Fixed struct {
	Day  string `json:"day"`
	Name string `json:"name"`
}

// Holiday is a holiday of one year.
type Holiday struct {
	Day  Day    `json:"day"`
	Name string `json:"name"`
}

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
}

// Working reports whether d is worked.
func (c Calendar) Working(d Day) bool {
	if slices.ContainsFunc(c.Worked, func(h Holiday) bool { return h.Day == d }) {
		return true
	}
	weekend := slices.ContainsFunc(c.Weekend, func(w string) bool { return weekdays[w] == d.Weekday() })
	return !weekend && c.Holiday(d) == ""
}

// Holiday returns the name of the holiday on d, empty if there is none.
func (c Calendar) Holiday(d Day) string {
	for _, h := range c.Dated {
		if h.Day == d {
			return h.Name
		}
	}
	text := d.String()
	for _, h := range c.Fixed {
		if strings.HasSuffix(text, "-"+h.Day) {
			return h.Name
		}
	}
	return ""
}

// Version is the hash of what the calendar says, whatever its comments and
// layout.
func (c Calendar) Version() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts and numbers only
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// knows reports whether the movable holidays of the year are listed.
func (c Calendar) knows(year int) bool {
	return c.Covers == Range{} || c.Covers.From <= year && year <= c.Covers.Until
}

func (c Calendar) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil || c.Zone == "" || c.Zone == "Local" {
		return nil, fault.New(fault.Invalid, "calendar %s: unknown time zone %q", c.Name, c.Zone)
	}
	return zone, nil
}

// Check returns everything that is wrong with the calendar, or nil.
func (c Calendar) Check() error {
	var errs []error
	say := func(format string, args ...any) {
		errs = append(errs, fault.New(fault.Invalid, "calendar %s: "+format, append([]any{c.Name}, args...)...))
	}
	if c.Name == "" || c.Title == "" || c.Source == "" || c.AsOf.IsZero() {
		say("name, title, source and as_of are needed")
	}
	if !slices.Contains(Levels, c.Verified) {
		say("verified is %q, want official, secondary or to_verify", c.Verified)
	}
	if _, err := c.zone(); err != nil {
		errs = append(errs, err)
	}
	for _, w := range c.Weekend {
		if _, ok := weekdays[w]; !ok {
			say("weekend day %q, want monday to sunday", w)
		}
	}
	for _, h := range c.Fixed {
		if _, err := time.Parse(time.DateOnly, "2000-"+h.Day); err != nil || h.Name == "" {
			say("fixed holiday %q %q, want a day as 05-09 and a name", h.Day, h.Name)
		}
	}
	seen := map[Day]bool{}
	for _, h := range slices.Concat(c.Dated, c.Worked) {
		if h.Day.IsZero() || h.Name == "" || seen[h.Day] {
			say("day %q %q, want every day once, with a name", h.Day, h.Name)
		}
		if !h.Day.IsZero() && (c.Covers == Range{} || !c.knows(h.Day.Year)) {
			say("day %s lies outside of the years that it covers", h.Day)
		}
		seen[h.Day] = true
	}
	if c.Covers.From > c.Covers.Until || c.Covers.Until-c.Covers.From > 100 {
		say("covers %d to %d", c.Covers.From, c.Covers.Until)
	} else if year, ok := c.idle(); ok {
		say("fewer than 50 days of %d are worked", year)
	}
	return errors.Join(errs...)
}

// idle returns a year in which next to nothing is worked, so that a count of
// working days could go on for ever.
func (c Calendar) idle() (int, bool) {
	for year := c.Covers.From; year <= c.Covers.Until+1; year++ {
		worked := 0
		for d := (Day{max(year, 1), time.January, 1}); d.Year == max(year, 1) && worked < 50; d = d.AddDays(1) {
			if c.Working(d) {
				worked++
			}
		}
		if worked < 50 {
			return year, true
		}
	}
	return 0, false
}

// maxCalendar is the most that the text of a calendar may have, in bytes.
const maxCalendar = 1 << 20

// ParseCalendar reads one calendar in YAML; name is that of the file, for
// errors. An unknown key, a key twice and a second document are errors.
func ParseCalendar(name string, r io.Reader) (Calendar, error) {
	var c Calendar
	text, err := io.ReadAll(io.LimitReader(r, maxCalendar+1))
	if err != nil {
		return c, fmt.Errorf("reading the calendar %s: %w", name, err)
	}
	if len(text) > maxCalendar {
		return c, fault.At(fault.Place{File: name}, "more than %d bytes", maxCalendar)
	}
	d := yaml.NewDecoder(strings.NewReader(string(text)), yaml.Strict())
	if err := d.Decode(&c); err != nil {
		place := fault.Place{File: name}
		var at yaml.Error
		if !errors.As(err, &at) {
			return Calendar{}, fault.At(place, "%v", err)
		}
		if t := at.GetToken(); t != nil {
			place.Line = t.Position.Line
		}
		return Calendar{}, fault.At(place, "%s", at.GetMessage())
	}
	if err := d.Decode(&Calendar{}); !errors.Is(err, io.EOF) {
		return Calendar{}, fault.At(fault.Place{File: name}, "more than one document")
	}
	if err := c.Check(); err != nil {
		return Calendar{}, fault.As(fault.Invalid, fmt.Errorf("%s: %w", name, err))
	}
	return c, nil
}

//go:embed calendars/*.yaml
var files embed.FS

// Calendars returns the calendars that we ship, by name, read anew only once.
// They must not be changed; an operator's own calendar is read by
// ParseCalendar.
func Calendars() []Calendar { return shipped() }

var shipped = sync.OnceValue(func() []Calendar {
	entries, err := files.ReadDir("calendars")
	if err != nil {
		panic(err) // embedded
	}
	var all []Calendar
	for _, e := range entries {
		f, err := files.Open("calendars/" + e.Name())
		if err != nil {
			panic(err)
		}
		c, err := ParseCalendar(e.Name(), f)
		if err != nil {
			panic(err)
		}
		all = append(all, c)
	}
	return all
})

// Named returns the calendar of that name among those that we ship.
func Named(name string) (Calendar, error) {
	for _, c := range Calendars() {
		if c.Name == name {
			return c, nil
		}
	}
	return Calendar{}, fault.New(fault.NotFound, "no calendar %q", name)
}
