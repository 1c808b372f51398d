package deadline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the zones must be there on a machine without them

	"interdict/internal/fault"
)

// Level says how far a value of the law was verified.
type Level string

// The levels, from the best.
const (
	Official  Level = "official"  // the text of the rule-maker was seen
	Secondary Level = "secondary" // a public source that quotes or describes it was seen
	ToVerify  Level = "to_verify" // general knowledge: check before use
	Assumed   Level = "assumed"   // our own choice where no law was seen that says: decide before use
)

// Levels are the levels, from the best.
var Levels = []Level{Official, Secondary, ToVerify, Assumed}

// Words returns the level as people read it.
func (l Level) Words() string { return strings.ReplaceAll(string(l), "_", " ") }

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
	Zone     string    `json:"zone"`              // IANA name
	Weekend  []string  `json:"weekend"`           // monday … sunday
	Earlier  []Weekend `json:"earlier,omitempty"` // other weekends until a day, the oldest first
	Movable  bool      `json:"movable,omitempty"` // there are days off that every year sets anew
	Covers   Range     `json:"covers,omitzero"`   // years whose movable days are listed; none given: of no year
	Fixed    []Fixed   `json:"fixed,omitempty"`   // the same day every year
	Dated    []Holiday `json:"dated,omitempty"`   // movable holidays, substitutes, days off by decree
	Worked   []Holiday `json:"worked,omitempty"`  // days of a weekend or holiday that are worked, by decree
}

// Weekend is the weekend as it was until a day, which is included.
type Weekend struct {
	Until Day      `json:"until"`
	Days  []string `json:"days"`
}

// Range is a range of years, both included.
type Range struct {
	From  int `json:"from"`
	Until int `json:"until"`
}

// Fixed is a holiday on the same day every year, as 05-09, in the years that
// are given; zero is without bound.
type Fixed struct {
	Day   string `json:"day"`
	Name  string `json:"name"`
	Since int    `json:"since,omitempty"`
	Until int    `json:"until,omitempty"`
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
	weekend := slices.ContainsFunc(c.weekend(d), func(w string) bool { return weekdays[w] == d.Weekday() })
	return !weekend && c.Holiday(d) == ""
}

// weekend returns the days of the weekend as it was on d.
func (c Calendar) weekend(d Day) []string {
	for _, w := range c.Earlier {
		if !w.Until.Before(d) {
			return w.Days
		}
	}
	return c.Weekend
}

// Holiday returns the name of the holiday on d, empty if there is none.
func (c Calendar) Holiday(d Day) string {
	for _, h := range c.Dated {
		if h.Day == d {
			return h.Name
		}
	}
	m, n := byte(d.Month), byte(d.Day)
	text := [5]byte{'0' + m/10, '0' + m%10, '-', '0' + n/10, '0' + n%10} // Sprintf costs most of a count
	for _, h := range c.Fixed {
		if h.Day == string(text[:]) && h.Since <= d.Year && (h.Until == 0 || d.Year <= h.Until) {
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

// Knows reports whether all days off of the year are known.
func (c Calendar) Knows(year int) bool {
	return !c.Movable || c.Covers.From <= year && year <= c.Covers.Until
}

// Location returns the time zone in which the days of the calendar begin.
func (c Calendar) Location() (*time.Location, error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil || c.Zone == "" || c.Zone == "Local" {
		return nil, fault.New(fault.Invalid, "calendar %s: unknown time zone %q", c.Name, c.Zone)
	}
	return zone, nil
}
