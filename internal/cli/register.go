package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/lookout"
	"interdict/internal/register"
)

// openArchive opens the data folder with every source that the program reads.
func openArchive(c *call) (*archive.Archive, error) {
	return archive.Open(c.Data, sources()...)
}

// sourceIDs returns the names of all sources, for completion and help.
func sourceIDs() []string {
	var ids []string
	for _, s := range sources() {
		ids = append(ids, s.ID)
	}
	return ids
}

// readInputs reads files, and the files of folders, as those of one edition.
func readInputs(c *call, paths []string) ([]register.Input, error) {
	var files []string
	var total int64
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", p, err)
		}
		if !info.IsDir() {
			files, total = append(files, p), total+info.Size()
			continue
		}
		entries, err := os.ReadDir(p)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", p, err)
		}
		for _, e := range entries {
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
				files, total = append(files, filepath.Join(p, e.Name())), total+info.Size()
			}
		}
	}
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "reading %s: no file in it", strings.Join(paths, ", "))
	}
	b := c.progress("reading", total)
	defer b.finish()
	var in []register.Input
	for _, p := range files {
		text, err := os.ReadFile(p)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", p, err)
		}
		b.add(len(text))
		in = append(in, register.Input{Name: filepath.Base(p), Bytes: text})
	}
	return in, nil
}

// findEdition returns the edition that a word names: files on disk, the id of
// a stored edition, source@date, or the source whose edition is in force.
func findEdition(c *call, a *archive.Archive, word string) (register.Edition, error) {
	if _, err := os.Stat(word); err == nil {
		return detect(c, word)
	}
	all, err := a.Editions("")
	if err != nil {
		return register.Edition{}, err
	}
	source, day, dated := strings.Cut(word, "@")
	var hits []archive.Stored
	for _, e := range all {
		switch {
		case e.ID == word, dated && e.Source == source && e.Date.String() == day,
			!dated && e.Source == word && e.Status == archive.InForce:
			hits = append(hits, e)
		}
	}
	// An edition that was in force twice is one edition.
	slices.SortStableFunc(hits, func(x, y archive.Stored) int { return strings.Compare(x.ID, y.ID) })
	hits = slices.CompactFunc(hits, func(x, y archive.Stored) bool { return x.ID == y.ID })
	if len(hits) == 1 {
		return a.Edition(hits[0].ID)
	}
	var known []string
	for _, e := range all {
		known = append(known, e.ID+" ("+e.Source+"@"+e.Date.String()+")")
	}
	if len(hits) > 1 {
		err := fault.New(fault.Conflict, "%d editions are called %s", len(hits), word)
		return register.Edition{}, fault.Hint(err, "give the id of one of: %s", strings.Join(known, ", "))
	}
	err = fault.New(fault.NotFound, "%s is neither a file nor an edition", word)
	if len(known) == 0 {
		return register.Edition{}, fault.Hint(err, "no edition is stored; give files")
	}
	return register.Edition{}, fault.Hint(err, "stored: %s", strings.Join(known, ", "))
}

// detect reads files by the first source that recognises them.
func detect(c *call, path string) (register.Edition, error) {
	in, err := readInputs(c, []string{path})
	if err != nil {
		return register.Edition{}, err
	}
	for _, s := range sources() {
		if register.Accepts(s, in) {
			return register.Read(s, "", in)
		}
	}
	err = fault.New(fault.Invalid, "no source recognises %s", path)
	return register.Edition{}, fault.Hint(err, "sources: %s", strings.Join(sourceIDs(), ", "))
}

// compileNew makes a new snapshot ready for screening, so that the first name
// need not wait for it.
func compileNew(c *call, a *archive.Archive, snap register.Snapshot) error {
	if snap.ID == "" { // nothing was put in force
		return nil
	}
	b := c.progress("compiling the register", -1)
	defer b.finish()
	if _, err := lookout.Compile(a, snap); err != nil {
		return fmt.Errorf("the list is in force; compiling it for screening: %w", err)
	}
	return nil
}

// plural writes a count with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
