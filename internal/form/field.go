package form

import (
	"encoding"
	"reflect"
	"strings"
	"time"
)

// Field is one field of a body, as JSON names it.
type Field struct {
	Name     string
	Is       reflect.Type
	Doc      string
	Enum     string // values, by commas
	Optional bool
}

// Fields returns the fields of a struct in their order; those of an embedded one
// stand in its place.
func Fields(t reflect.Type) []Field {
	var out []Field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			out = append(out, Fields(f.Type)...)
		case name != "" && name != "-":
			out = append(out, Field{
				Name: name, Is: f.Type, Doc: f.Tag.Get("doc"), Enum: f.Tag.Get("enum"),
				Optional: strings.Contains(options, "omit"),
			})
		}
	}
	return out
}

// Leaf is a field that holds a value, with its whole path: "subject.names.0.full".
type Leaf struct {
	Field
	Path string
}

// Leaves returns every value that a body of the type t may hold. An element of a
// list is written with the number 0. What stands below something optional, or
// after the first element, is optional.
func Leaves(t reflect.Type) []Leaf { return leaves(t, "", false) }

func leaves(t reflect.Type, prefix string, optional bool) []Leaf {
	var out []Leaf
	for _, f := range Fields(t) {
		path, below := prefix+f.Name, f.Is
		f.Optional = f.Optional || optional
		if below.Kind() == reflect.Pointer {
			below = below.Elem()
		}
		if below.Kind() == reflect.Slice && !IsBytes(below) {
			path, below = path+".0", below.Elem()
		}
		if IsGroup(below) {
			out = append(out, leaves(below, path+".", f.Optional)...)
			continue
		}
		f.Is = below
		out = append(out, Leaf{f, path})
	}
	return out
}

// Word says what is written as a value of the type.
func Word(t reflect.Type) string {
	switch {
	case IsInstant(t):
		return "instant"
	case IsBytes(t):
		return "bytes"
	case IsText(t) && t.Kind() == reflect.Struct:
		return "id"
	case IsText(t):
		return "text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case IsNumber(t):
		return "number"
	case t.Kind() == reflect.Slice:
		return "JSON list"
	}
	return "JSON object"
}

var (
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	timeType = reflect.TypeFor[time.Time]()
)

// IsInstant reports whether it is a moment in time.
func IsInstant(t reflect.Type) bool { return t == timeType }

// IsText reports whether JSON writes the type as a string.
func IsText(t reflect.Type) bool {
	return t.Kind() == reflect.String || reflect.PointerTo(t).Implements(textType)
}

// IsBytes reports whether it is raw bytes, which JSON writes in base64.
func IsBytes(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}

// IsNumber reports whether it is a whole number.
func IsNumber(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return true
	}
	return false
}

// IsGroup reports whether fields stand below it.
func IsGroup(t reflect.Type) bool { return t.Kind() == reflect.Struct && !IsText(t) }
