package event

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"interdict/internal/fault"
)

// Event is one thing that happened, as the room that it concerns defines it.
type Event interface {
	// Kind returns the stable name under which it is stored for ever.
	Kind() string
}

// Registry knows how the bodies of events are read. The zero value knows none.
// It is filled once, before use; reading may happen from many goroutines.
type Registry struct {
	read map[string]func(*json.Decoder) (Event, error)
}

// Register makes r read and write events of type T, a struct whose Kind does
// not depend on its fields. A kind that is registered twice is a broken
// invariant and panics.
func Register[T Event](r *Registry) {
	var zero T
	kind := zero.Kind()
	if !kindForm.MatchString(kind) {
		panic(fmt.Sprintf("event kind %q: want words as in dossier.opened", kind))
	}
	if r.read == nil {
		r.read = map[string]func(*json.Decoder) (Event, error){}
	}
	if _, ok := r.read[kind]; ok {
		panic(fmt.Sprintf("event kind %q is registered twice", kind))
	}
	r.read[kind] = func(d *json.Decoder) (Event, error) {
		var e T
		err := d.Decode(&e)
		return e, err
	}
}

// Kinds returns every kind that r knows, in order.
func (r *Registry) Kinds() []string { return slices.Sorted(maps.Keys(r.read)) }

// Marshal returns the body of e as JSON, the same for the same event. Text that
// is no UTF-8 is Invalid: JSON would change it.
func (r *Registry) Marshal(e Event) ([]byte, error) {
	if _, ok := r.read[e.Kind()]; !ok {
		return nil, fault.New(fault.Internal, "writing event %s: the kind is not registered", e.Kind())
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, fmt.Errorf("writing event %s: %w", e.Kind(), err)
	}
	text := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if replaced(text) {
		return nil, fault.New(fault.Invalid, "writing event %s: a text in it is not UTF-8", e.Kind())
	}
	return text, nil
}

// replaced reports whether encoding/json put an escaped U+FFFD in the place of
// a wrong byte. A true U+FFFD is written as it is.
func replaced(text []byte) bool {
	for i := 0; i+6 <= len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if string(text[i:i+6]) == `\ufffd` {
			return true
		}
		i++ // the escaped letter
	}
	return false
}

// Unmarshal reads a body that Marshal wrote. An unknown kind, an unknown field
// or anything after the body is Corrupt.
func (r *Registry) Unmarshal(kind string, body []byte) (Event, error) {
	read, ok := r.read[kind]
	if !ok {
		return nil, fault.New(fault.Corrupt, "reading event %s: no such kind", kind)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	e, err := read(d)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = fmt.Errorf("something stands after the body")
		}
	}
	if err != nil {
		return nil, fault.As(fault.Corrupt, fmt.Errorf("reading event %s: %w", kind, err))
	}
	return e, nil
}
