package sheet

import (
	"bytes"
	"embed"
	"sync"

	"interdict/internal/list"
)

//go:embed mappings/*.yaml
var files embed.FS

// embedded reads the mappings that come with the program, in the order of
// their ids. The generic one, which takes any table with a column of names, is
// the last, so that finding a list by its look meets it after the others.
var embedded = sync.OnceValue(func() []*Mapping {
	var out []*Mapping
	var generic *Mapping
	entries, err := files.ReadDir("mappings")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		text, err := files.ReadFile("mappings/" + e.Name())
		if err != nil {
			panic(err)
		}
		m, err := Parse(bytes.NewReader(text), e.Name())
		if err != nil {
			panic(err)
		}
		if m.ID == "csv" {
			generic = m
			continue
		}
		out = append(out, m)
	}
	return append(out, generic)
})

// Sources returns the lists whose mappings come with the program.
func Sources() []list.Source {
	var out []list.Source
	for _, m := range embedded() {
		out = append(out, m.Source())
	}
	return out
}

// BoundsOf returns what is usual for an embedded list.
func BoundsOf(id string) (Bounds, bool) {
	for _, m := range embedded() {
		if m.ID == id {
			return m.Bounds, true
		}
	}
	return Bounds{}, false
}
