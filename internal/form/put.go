package form

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"interdict/internal/fault"
)

// Value is one value as it was given: a text, or the bytes of a file.
type Value struct {
	Path  string // of its field: "subject.names.0.full"
	Text  string
	Bytes []byte // not nil: a file was given
}

// Put writes a value into a body of the type t and returns the body. The body is
// JSON as encoding/json reads it into any; nil begins one. Elements of a list are
// put in their order. A field that there is not, and a text that is no value of
// its type, are Invalid.
func Put(t reflect.Type, body any, v Value) (any, error) {
	return put(t, body, strings.Split(v.Path, "."), v)
}

func put(t reflect.Type, at any, path []string, v Value) (any, error) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if len(path) == 0 {
		return valueOf(t, v)
	}
	switch {
	case IsText(t) || IsBytes(t):
	case t.Kind() == reflect.Slice:
		list, _ := at.([]any)
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i > len(list) {
			return nil, fault.New(fault.Invalid, "%s: want the number of an element, %d at most, not %q", v.Path, len(list), path[0])
		}
		if i == len(list) {
			list = append(list, nil)
		}
		list[i], err = put(t.Elem(), list[i], path[1:], v)
		return list, err
	case t.Kind() == reflect.Struct:
		fields := Fields(t)
		i := slices.IndexFunc(fields, func(x Field) bool { return x.Name == path[0] })
		if i < 0 {
			return nil, fault.As(fault.Invalid, &Unknown{v.Path, path[0], fields})
		}
		object, ok := at.(map[string]any)
		if !ok {
			object = map[string]any{}
		}
		var err error
		object[path[0]], err = put(fields[i].Is, object[path[0]], path[1:], v)
		return object, err
	}
	return nil, fault.New(fault.Invalid, "%s: nothing stands below a %s", v.Path, Word(t))
}

// Unknown says that there is no field of that name.
type Unknown struct {
	Path, Name string
	Known      []Field
}

func (u *Unknown) Error() string {
	return fmt.Sprintf("%s: there is no field %q", u.Path, u.Name)
}

// Names returns the names that there are.
func (u *Unknown) Names() []string {
	var names []string
	for _, x := range u.Known {
		names = append(names, x.Name)
	}
	return names
}

// valueOf reads a value of the type t: a text as it stands, anything else as JSON.
func valueOf(t reflect.Type, v Value) (any, error) {
	if v.Bytes != nil && IsBytes(t) {
		return v.Bytes, nil
	}
	text := v.Text
	if v.Bytes != nil {
		text = string(v.Bytes)
	}
	switch {
	case IsBytes(t):
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fault.New(fault.Invalid, "%s: want a file, or its bytes in base64", v.Path)
		}
		return b, nil
	case IsInstant(t):
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return nil, fault.New(fault.Invalid, "%s: want an instant such as 2026-03-02T09:00:00Z, not %q", v.Path, text)
		}
		return text, nil
	case IsText(t) && utf8.ValidString(text):
		return text, nil
	case IsText(t):
		return nil, fault.New(fault.Invalid, "%s: that is no text in UTF-8", v.Path)
	}
	out, err := JSON([]byte(text))
	if err != nil || t.Kind() == reflect.Bool && out != true && out != false {
		return nil, fault.New(fault.Invalid, "%s: want %s, not %q", v.Path, Word(t), v.Text)
	}
	return out, nil
}

// JSON reads JSON and leaves its numbers as they are written.
func JSON(text []byte) (v any, err error) {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err = d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fault.New(fault.Invalid, "something stands after it")
	}
	return v, nil
}
