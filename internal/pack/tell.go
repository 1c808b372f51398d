package pack

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"time"

	"interdict/internal/date"
	"interdict/internal/paper"
	"interdict/internal/record"
)

// tell prints any value that a thing consists of: what is one value as a labelled
// line, what has parts under a heading. Names are those of its JSON. Nothing is
// left out but fields that are empty.
func tell(value any) []paper.Block {
	v := reflect.ValueOf(value)
	if !v.IsValid() || v.IsZero() {
		return nil
	}
	return tellValue("", v)
}

// tellValue prints a value, an empty one too.
func tellValue(name string, v reflect.Value) []paper.Block {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return []paper.Block{labelled(words(name), "")}
	}
	if text, ok := plain(v); ok {
		return []paper.Block{labelled(words(name), text)}
	}
	if s, ok := v.Interface().(record.Subject); ok {
		return section(words(name), subject(s))
	}
	switch v.Kind() {
	case reflect.Struct:
		return tellStruct(name, v)
	case reflect.Map:
		return tellMap(name, v)
	case reflect.Slice, reflect.Array:
		return tellList(name, v)
	}
	return []paper.Block{labelled(words(name), fmt.Sprint(v.Interface()))}
}

func tellStruct(name string, v reflect.Value) []paper.Block {
	var out []paper.Block
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case !f.IsExported() || v.Field(i).IsZero() && !isCount(f):
		case f.Anonymous && f.Tag.Get("json") == "":
			out = append(out, tellValue("", v.Field(i))...)
		default:
			out = append(out, tellValue(jsonName(f), v.Field(i))...)
		}
	}
	switch {
	case name == "":
		return out
	case len(out) == 0:
		return []paper.Block{labelled(words(name), "")}
	}
	return section(words(name), out)
}

// isCount reports whether nothing says something: no votes, not closed.
func isCount(f reflect.StructField) bool {
	return f.Type.Kind() <= reflect.Float64 && f.Tag.Get("json") != "" && !strings.Contains(f.Tag.Get("json"), ",omit")
}

func tellList(name string, v reflect.Value) []paper.Block {
	if t, ok := tellTable(v); ok {
		return section(words(name), []paper.Block{t})
	}
	var out []paper.Block
	for i := range v.Len() {
		if i > 0 {
			out = append(out, paper.Paragraph{})
		}
		out = append(out, tellValue(name, v.Index(i))...)
	}
	return out
}

func tellMap(name string, v reflect.Value) []paper.Block {
	var out []paper.Block
	for _, key := range sortedKeys(v) {
		out = append(out, tellValue(fmt.Sprint(key.Interface()), v.MapIndex(key))...)
	}
	return section(words(name), out)
}

// plain returns a value that is one text.
func plain(v reflect.Value) (string, bool) {
	switch x := v.Interface().(type) {
	case time.Time:
		return instant(x), true
	case time.Duration:
		return x.String(), true
	case date.Partial:
		return x.String(), true
	case []byte:
		return fmt.Sprintf("%x", x), true
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		return string(text), err == nil
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Bool:
		if v.Bool() {
			return "yes", true
		}
		return "no", true
	case reflect.Slice, reflect.Array:
		return plainList(v)
	case reflect.Struct, reflect.Map, reflect.Pointer, reflect.Interface:
		return "", false
	}
	return fmt.Sprint(v.Interface()), true
}

// plainList returns a list of texts as one; false if it has parts.
func plainList(v reflect.Value) (string, bool) {
	var all []string
	for i := range v.Len() {
		text, ok := plain(v.Index(i))
		if !ok {
			return "", false
		}
		all = append(all, text)
	}
	return strings.Join(all, ", "), true
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		return f.Name
	}
	return name
}
