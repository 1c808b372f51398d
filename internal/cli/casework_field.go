package cli

import (
	"fmt"
	"reflect"
	"strings"
)

// field is one field of a body, as JSON names it.
type field struct {
	name     string
	is       reflect.Type
	doc      string
	enum     string // values, by commas
	optional bool
}

// fieldsOf returns the fields of a struct in their order; those of an embedded
// one stand in its place.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			out = append(out, fieldsOf(f.Type)...)
		case name != "" && name != "-":
			out = append(out, field{
				name: name, is: f.Type, doc: f.Tag.Get("doc"), enum: f.Tag.Get("enum"),
				optional: strings.Contains(options, "omit"),
			})
		}
	}
	return out
}

// leaf is a field that holds a value, with its whole path.
type leaf struct {
	field
	path string
}

// leavesOf returns every value that a body of the type t may hold. An element of
// a list is written with the number 0. What stands below something optional, or
// after the first element, is optional.
func leavesOf(t reflect.Type, prefix string, optional bool) []leaf {
	var out []leaf
	for _, f := range fieldsOf(t) {
		path, below := prefix+f.name, f.is
		f.optional = f.optional || optional
		if below.Kind() == reflect.Pointer {
			below = below.Elem()
		}
		if below.Kind() == reflect.Slice && !isBytes(below) {
			path, below = path+".0", below.Elem()
		}
		if below.Kind() == reflect.Struct && !isText(below) {
			out = append(out, leavesOf(below, path+".", f.optional)...)
			continue
		}
		f.is = below
		out = append(out, leaf{f, path})
	}
	return out
}

// valueWord says what is written as a value of the type.
func valueWord(t reflect.Type) string {
	switch {
	case t == timeType:
		return "instant"
	case isBytes(t):
		return "bytes"
	case isText(t) && t.Kind() == reflect.Struct:
		return "id"
	case isText(t):
		return "text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Int, t.Kind() == reflect.Int64:
		return "number"
	case t.Kind() == reflect.Slice:
		return "JSON list"
	}
	return "JSON object"
}

// explainFields writes what may stand in a body.
func explainFields(c *call, t reflect.Type) error {
	leaves := leavesOf(t, "", false)
	if len(leaves) == 0 {
		return nil
	}
	rows := newTable("field", "", "value", "meaning")
	for _, l := range leaves {
		value, needed := strings.ReplaceAll(l.enum, ",", "|"), "*"
		if value == "" {
			value = valueWord(l.is)
		}
		if l.optional {
			needed = ""
		}
		rows.add(l.path, needed, value, l.doc)
	}
	fmt.Fprintln(c.out)
	if err := rows.write(c.out, c); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.out, fieldRules)
	return err
}

const fieldRules = `
Fields marked * are needed. Elements of a list are numbered: 0, 1, 2 … A text is taken as it stands, any other value as
JSON. FIELD=@FILE takes what a file holds, FIELD=@@X the text "@X". @FILE or - gives a whole body in JSON; fields are
written over it.`

// samples are what stands for a value in an example.
var samples = map[string]string{
	"title": `"The group"`, "reason": `"seen on the original"`, "text": `"In words."`, "key": "k1", "item": "1", "place": `"Hall 2"`,
	"question": `"Freeze?"`, "act": `"Decree 2"`, "who": `"An expert"`, "open": `"Reasons for the public."`, "closed": `"Reasons that stay here."`,
	"full": `"Islamic State"`, "on": "2026-03-02T09:00:00Z", "at": "2026-03-02T09:00:00Z", "until": "2026-12-31T23:59:59Z",
	"office": "chair", "choice": "yes", "country": "XX", "preset": "model-1373", "party": "un", "field": "listed_on", "value": "2004-12-17",
}

// example is a command line that gives every field that is needed.
func example(verb string, t reflect.Type, onOne bool) string {
	line := verb
	if onOne {
		line += " ID"
	}
	for _, l := range leavesOf(t, "", false) {
		if l.optional {
			continue
		}
		first, _, _ := strings.Cut(l.enum, ",")
		value := samples[l.name]
		switch {
		case first != "":
			value = first
		case isBytes(l.is):
			value = "@FILE"
		case value != "":
		case l.is.Kind() == reflect.Bool:
			value = "true"
		case l.is.Kind() == reflect.Int, l.is.Kind() == reflect.Int64:
			value = "1"
		case l.is == timeType:
			value = samples["on"]
		default:
			value = strings.ToUpper(l.name)
		}
		line += " " + l.path + "=" + value
	}
	return line
}
