package deadline

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"interdict/internal/fault"
)

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
