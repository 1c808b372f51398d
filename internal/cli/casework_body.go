package cli

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"interdict/internal/fault"
)

// given are the arguments of a command, told apart.
type given struct {
	words  []string // an id, or files
	fields []fieldValue
	body   string // "@FILE" or "-": where the whole body comes from
}

type fieldValue struct {
	path  string // "subject.names.0.full"
	value string
}

// assigns is an argument that writes a field.
var assigns = regexp.MustCompile(`(?s)^([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)=(.*)$`)

// tellApart sorts arguments into words, fields and the source of a body.
func tellApart(args []string) (given, error) {
	var g given
	for _, a := range args {
		m := assigns.FindStringSubmatch(a)
		switch {
		case m != nil:
			g.fields = append(g.fields, fieldValue{m[1], m[2]})
		case a == "-" || strings.HasPrefix(a, "@"):
			if g.body != "" {
				return g, wrongUsage("two bodies are given: %s and %s", g.body, a)
			}
			g.body = a
		default:
			g.words = append(g.words, a)
		}
	}
	return g, nil
}

// bodyOf returns the JSON body of a command of the type t: the body that was
// given, if any, with the fields written over it.
func bodyOf(c *call, t reflect.Type, g given) ([]byte, error) {
	var body any = map[string]any{}
	if g.body != "" {
		text, err := wholeBody(c, g.body)
		if err != nil {
			return nil, err
		}
		if body, err = jsonOf(text); err != nil {
			return nil, fault.New(fault.Invalid, "%s holds no JSON: %w", g.body, err)
		}
	}
	for _, f := range g.fields {
		var err error
		if body, err = put(t, body, strings.Split(f.path, "."), f); err != nil {
			return nil, err
		}
	}
	return json.Marshal(body)
}

func wholeBody(c *call, from string) ([]byte, error) {
	if from == "-" {
		return io.ReadAll(c.in)
	}
	text, err := os.ReadFile(from[1:])
	if err != nil {
		return nil, fmt.Errorf("reading the body: %w", err)
	}
	return text, nil
}

// jsonOf reads JSON and leaves its numbers as they are written.
func jsonOf(text []byte) (v any, err error) {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err = d.Decode(&v); err == nil && d.More() {
		err = fault.New(fault.Invalid, "something stands after it")
	}
	return v, err
}

// put writes a value of the type t at a path below at and returns what then
// stands there.
func put(t reflect.Type, at any, path []string, f fieldValue) (any, error) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if len(path) == 0 {
		return valueOf(t, f)
	}
	switch {
	case isText(t) || isBytes(t):
	case t.Kind() == reflect.Slice:
		list, _ := at.([]any)
		i, err := strconv.Atoi(path[0])
		if err != nil || i < 0 || i > len(list) {
			return nil, fault.New(fault.Invalid, "%s: want the number of an element, %d at most, not %q", f.path, len(list), path[0])
		}
		if i == len(list) {
			list = append(list, nil)
		}
		list[i], err = put(t.Elem(), list[i], path[1:], f)
		return list, err
	case t.Kind() == reflect.Struct:
		fields := fieldsOf(t)
		i := slices.IndexFunc(fields, func(x field) bool { return x.name == path[0] })
		if i < 0 {
			return nil, noField(f.path, path[0], fields)
		}
		object, ok := at.(map[string]any)
		if !ok {
			object = map[string]any{}
		}
		var err error
		object[path[0]], err = put(fields[i].is, object[path[0]], path[1:], f)
		return object, err
	}
	return nil, fault.New(fault.Invalid, "%s: nothing stands below a %s", f.path, valueWord(t))
}

func noField(path, name string, fields []field) error {
	var names []string
	for _, x := range fields {
		names = append(names, x.name)
	}
	err := fault.New(fault.Invalid, "%s: there is no field %q", path, name)
	if near := nearest(name, names); near != "" {
		return fault.Hint(err, "did you mean: %s", near)
	}
	return fault.Hint(err, "there are: %s", strings.Join(names, ", "))
}

// valueOf reads a value of the type t: a text as it stands, anything else as
// JSON, "@FILE" as what the file holds.
func valueOf(t reflect.Type, f fieldValue) (any, error) {
	text := f.value
	file, fromFile := strings.CutPrefix(text, "@")
	switch {
	case strings.HasPrefix(file, "@"):
		text, fromFile = file, false
	case fromFile:
		bytes, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", f.path, err)
		}
		if isBytes(t) {
			return bytes, nil
		}
		text = string(bytes)
	}
	switch {
	case isBytes(t):
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fault.Hint(fault.New(fault.Invalid, "%s: want bytes in base64", f.path), "%s=@FILE takes the bytes of a file", f.path)
		}
		return b, nil
	case t == timeType:
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return nil, fault.New(fault.Invalid, "%s: want an instant such as 2026-03-02T09:00:00Z, not %q", f.path, text)
		}
		return text, nil
	case isText(t) && utf8.ValidString(text):
		return text, nil
	case isText(t):
		return nil, fault.New(fault.Invalid, "%s: that is no text in UTF-8", f.path)
	}
	v, err := jsonOf([]byte(text))
	if err != nil || t.Kind() == reflect.Bool && v != true && v != false {
		return nil, fault.New(fault.Invalid, "%s: want %s, not %q", f.path, valueWord(t), f.value)
	}
	return v, nil
}

var (
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	timeType = reflect.TypeFor[time.Time]()
)

// isText reports whether JSON writes the type as a string.
func isText(t reflect.Type) bool {
	return t.Kind() == reflect.String || reflect.PointerTo(t).Implements(textType)
}

func isBytes(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}
