package script

import (
	"io/fs"
	"slices"
)

// Tables returns the text of every table file in the order of their names: a
// scoring profile is a hash over them.
func Tables() []string {
	names, err := fs.Glob(tables, "table/*.tsv")
	if err != nil {
		panic(err)
	}
	slices.Sort(names)
	out := make([]string, 0, len(names))
	for _, n := range names {
		text, err := tables.ReadFile(n)
		if err != nil {
			panic(err)
		}
		out = append(out, string(text))
	}
	return out
}
