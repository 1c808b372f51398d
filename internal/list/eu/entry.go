package eu

import (
	"fmt"

	"interdict/internal/list"
)

// entry is one entity, whatever file it comes from. Its fields and blocks have
// the names of FSF XML 1.1.
type entry struct {
	file   string
	line   int
	path   string
	fields fields
	blocks []*block
}

// block is one child of an entity: a name, an address, a regulation.
type block struct {
	kind   string
	at     string
	fields fields
}

// summary starts the names of the fields which tell of the regulation that
// brought a single name, address or paper.
const summary = "regulationSummary/"

type field struct{ name, value string }

// fields are values by name; each is taken once.
type fields struct{ values []field }

func (f *fields) add(name, value string) {
	if value = list.Squeeze(value); value != "" {
		f.values = append(f.values, field{name, value})
	}
}

// take returns the first value of this name, or "", and removes it.
func (f *fields) take(name string) string {
	for i, x := range f.values {
		if x.name == name {
			f.values = append(f.values[:i:i], f.values[i+1:]...)
			return x.value
		}
	}
	return ""
}

func (f *fields) peek(name string) string {
	for _, x := range f.values {
		if x.name == name {
			return x.value
		}
	}
	return ""
}

// all takes every value of this name.
func (f *fields) all(name string) []string {
	var out []string
	for v := f.take(name); v != ""; v = f.take(name) {
		out = append(out, v)
	}
	return out
}

func (f *fields) left() []field { return f.values }

// place names a block by its own logicalId, or by its number in the entity.
func place(kind, logicalID string, number int) string {
	if logicalID != "" {
		return fmt.Sprintf("%s[@logicalId=%s]", kind, logicalID)
	}
	return fmt.Sprintf("%s[%d]", kind, number)
}
