package api

import (
	"path"
	"reflect"
	"strings"
)

// named names a schema: by its room and type, for types of the same name stand
// in several rooms, or as the route calls it where the type has no name.
func named(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	name := t.Name()
	if name == "" {
		return title(hint)
	}
	name, _, _ = strings.Cut(name, "[")
	if room := path.Base(t.PkgPath()); room != "." && room != "clerk" && room != "api" && room != "v2" {
		return title(room) + title(name)
	}
	return title(name)
}

func title(s string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '_' || r == '-' || r == ' ' }) {
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return b.String()
}
