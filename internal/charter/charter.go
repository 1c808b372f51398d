// Package charter says under which version of which statute the commission works,
// now and at any time before.
//
// It promises that a version, once adopted, can be read for ever word for word,
// and that what rests on an earlier version finds that version. A commission that
// has adopted none takes in material and decides nothing. It reads no clock.
package charter

import (
	"strings"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/statute"
)

// Stream is the one stream of a charter.
const Stream = "statute/main"

// Adopted says that the commission works under a statute from now on. The text
// is the whole of it.
type Adopted struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Digest  string `json:"digest"`
	Text    string `json:"text"`
	Reason  string `json:"reason"` // the act by which it was adopted
}

// Kind is stored for ever.
func (Adopted) Kind() string { return "statute.adopted" }

// Events makes r read and write the events of the charter.
func Events(r *event.Registry) { event.Register[Adopted](r) }

// Charter is every version adopted, the last one in force.
type Charter struct {
	Versions []Adopted         `json:"versions,omitempty"`
	By       []roster.PersonID `json:"by,omitempty"` // who adopted each
}

// Apply returns c as it is after e.
func (c Charter) Apply(e event.Event, env event.Envelope) Charter {
	if a, ok := e.(Adopted); ok {
		n := len(c.Versions)
		c.Versions = append(c.Versions[:n:n], a)
		c.By = append(c.By[:n:n], roster.PersonID(env.By))
	}
	return c
}

// Adopt takes a statute on. Its version is another one than any before with the
// same id, unless the content is the same.
func (c Charter) Adopt(by roster.Person, text, reason string) ([]event.Event, error) {
	s, err := statute.Read("statute", strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	digest := s.Digest()
	switch {
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "adopting a statute: a person does that")
	case reason == "":
		return nil, fault.New(fault.Invalid, "adopting statute %s: by which act?", s.ID)
	}
	for i, v := range c.Versions {
		if v.ID != s.ID || v.Version != s.Version {
			continue
		}
		if v.Digest != digest {
			return nil, fault.New(fault.Conflict, "statute %s %s was adopted with another content: give the change a version of its own", s.ID, s.Version)
		}
		if i == len(c.Versions)-1 {
			return nil, fault.New(fault.Conflict, "statute %s %s is in force already", s.ID, s.Version)
		}
	}
	return []event.Event{Adopted{s.ID, s.Version, digest, text, reason}}, nil
}

// InForce returns the version in force; NotFound if none was adopted.
func (c Charter) InForce() (Adopted, error) {
	if len(c.Versions) == 0 {
		return Adopted{}, fault.Hint(fault.New(fault.NotFound, "the commission has adopted no statute"), "adopt one: statute.adopt")
	}
	return c.Versions[len(c.Versions)-1], nil
}

// Version returns a version that was adopted once.
func (c Charter) Version(id, version string) (Adopted, error) {
	for _, v := range c.Versions {
		if v.ID == id && v.Version == version {
			return v, nil
		}
	}
	return Adopted{}, fault.New(fault.NotFound, "statute %s %s was never adopted", id, version)
}
