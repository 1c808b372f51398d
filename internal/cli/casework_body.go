package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/form"
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
		if body, err = form.JSON(text); err != nil {
			return nil, fault.New(fault.Invalid, "%s holds no JSON: %w", g.body, err)
		}
	}
	for _, f := range g.fields {
		var err error
		if body, err = write(t, body, f); err != nil {
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

// write writes a field into a body: a text as it stands, "@FILE" as what the file
// holds.
func write(t reflect.Type, body any, f fieldValue) (any, error) {
	v := form.Value{Path: f.path, Text: f.value}
	file, fromFile := strings.CutPrefix(f.value, "@")
	switch {
	case strings.HasPrefix(file, "@"):
		v.Text = file
	case fromFile:
		var err error
		if v.Bytes, err = os.ReadFile(file); err != nil {
			return nil, fmt.Errorf("reading %s: %w", f.path, err)
		}
	}
	out, err := form.Put(t, body, v)
	var unknown *form.Unknown
	if errors.As(err, &unknown) {
		if near := nearest(unknown.Name, unknown.Names()); near != "" {
			return nil, fault.Hint(err, "did you mean: %s", near)
		}
		return nil, fault.Hint(err, "there are: %s", strings.Join(unknown.Names(), ", "))
	}
	return out, err
}
