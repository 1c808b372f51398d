package statute

import (
	"fmt"
	"reflect"
	"strings"

	"interdict/internal/deadline"
)

// walk visits every value inside v that can be set, parents first, with its path
// as in "clocks[2].basis". Embedded values have the path of what they stand in,
// as in the file.
func walk(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	visit(path, v)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[deadline.Day]() {
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			below := path
			if !f.Anonymous {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				below = strings.TrimPrefix(path+"."+name, ".")
			}
			walk(v.Field(i), below, visit)
		}
	}
}

// rules calls do with every rule of a clock in s.
func (s *Statute) rules(do func(path string, r *deadline.Rule)) {
	walk(reflect.ValueOf(s), "", func(path string, v reflect.Value) {
		if v.Kind() == reflect.Struct {
			if r, ok := v.Addr().Interface().(*deadline.Rule); ok {
				do(path, r)
			}
		}
	})
}

// bases calls do with every basis in s. A vote that there is not has none.
func (s *Statute) bases(do func(path string, b Basis)) {
	walk(reflect.ValueOf(s), "", func(path string, v reflect.Value) {
		if b, ok := v.Interface().(Basis); ok && (path != "vote.basis" || s.Vote != (Vote{})) {
			do(path, b)
		}
	})
}
