// Package fault holds the kinds of error that the house knows.
//
// It promises that every error which a person or a caller can act on carries
// one kind, found with [KindOf] through any number of wraps, and at most one
// hint per wrap. An error without a kind is Internal: a broken invariant of
// ours, shown as such. It never logs and never decides what an error does.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind says what an error means to whoever asked.
type Kind uint8

// The kinds. Forbidden is answered to outsiders as NotFound: what one may not
// see does not exist.
const (
	Internal    Kind = iota // a broken invariant of ours
	Invalid                 // the input is wrong; the caller can mend it
	NotFound                // nothing of that name
	Forbidden               // known to us, not to be shown
	Conflict                // the state changed, or refuses this now
	Unavailable             // try again later, or something is not installed
	Corrupt                 // stored bytes are not what we wrote
)

var names = [...]string{"internal", "invalid", "not found", "forbidden", "conflict", "unavailable", "corrupt"}

// String returns the kind in lower-case words.
func (k Kind) String() string { return names[k] }

// Error is an error with a kind, and perhaps a hint about what to do.
type Error struct {
	Kind Kind
	Hint string // one line telling the reader what to do; may be empty
	Err  error
}

// Error returns the message without the hint.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the error that was given a kind.
func (e *Error) Unwrap() error { return e.Err }

// New returns an error of kind k with a message as by fmt.Errorf.
func New(k Kind, format string, args ...any) error {
	return &Error{Kind: k, Err: fmt.Errorf(format, args...)}
}

// Hint adds to err one line about what its reader can do. The kind stays.
func Hint(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindOf(err), Hint: fmt.Sprintf(format, args...), Err: err}
}

// As gives err the kind k, keeping its message.
func As(k Kind, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: k, Err: err}
}

// KindOf returns the outermost kind in err, Internal if there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Hints returns every hint in err and in the errors joined in it, outermost
// first, each once, on a line of its own.
func Hints(err error) string {
	var lines []string
	walk(err, func(e *Error) {
		if e.Hint != "" && !slices.Contains(lines, e.Hint) {
			lines = append(lines, e.Hint)
		}
	})
	return strings.Join(lines, "\n")
}

// walk calls visit with every Error in the tree of err.
func walk(err error, visit func(*Error)) {
	if e, ok := err.(*Error); ok {
		visit(e)
	}
	switch u := err.(type) {
	case interface{ Unwrap() error }:
		walk(u.Unwrap(), visit)
	case interface{ Unwrap() []error }:
		for _, e := range u.Unwrap() {
			walk(e, visit)
		}
	}
}

// Place is where in an input something stands, for people who must mend it.
type Place struct {
	File    string // name of the file as given
	Line    int    // 1-based line, 0 unknown
	Element string // element, column or cell, e.g. "INDIVIDUAL[12]/INDIVIDUAL_DATE_OF_BIRTH[2]"
}

// String writes the place as file:line: element, leaving out what is unknown.
func (p Place) String() string {
	s := p.File
	if p.Line > 0 {
		s = fmt.Sprintf("%s:%d", s, p.Line)
	}
	if p.Element != "" {
		if s != "" {
			s += ": "
		}
		s += p.Element
	}
	return s
}

// At returns an Invalid error that names the place of the fault in an input.
func At(p Place, format string, args ...any) error {
	return &PlaceError{Place: p, Err: New(Invalid, format, args...)}
}

// PlaceError is a fault in an input with its place.
type PlaceError struct {
	Place Place
	Err   error
}

// Error returns "place: message".
func (e *PlaceError) Error() string { return e.Place.String() + ": " + e.Err.Error() }

// Unwrap returns the error without its place.
func (e *PlaceError) Unwrap() error { return e.Err }
