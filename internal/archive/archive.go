// Package archive is the data folder of the register: the raw files of every
// edition by their hash, what the register remembers, and which editions are
// in force or wait for a named person.
//
// It promises that a stop between any two steps leaves the old state in force
// and readable; that every stored byte is checked against its hash when it is
// read, and damage is refused loudly (Corrupt); that two writers never mix;
// and that nothing stored is ever overwritten or removed. It never interprets
// a list, and it decides nothing: register does.
package archive

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/register"
)

// Archive is an open data folder. It may be used by several goroutines.
type Archive struct {
	dir     string
	sources map[string]list.Source
	step    func(name string) error // called before each step of a write; tests stop here

	mu   sync.Mutex
	root *os.Root                    // nil while the folder is not there
	read map[string]register.Edition // editions read, by id
}

// Open opens the data folder. One that is not there is empty, and is made by
// the first write. The sources are needed to read stored editions again. Close
// the archive after use.
func Open(dir string, sources ...list.Source) (*Archive, error) {
	a := &Archive{dir: dir, sources: map[string]list.Source{}, read: map[string]register.Edition{}, step: func(string) error { return nil }}
	for _, s := range sources {
		a.sources[s.ID] = s
	}
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return a, nil
	case err != nil:
		return nil, fault.As(fault.Invalid, fmt.Errorf("opening the data folder: %w", err))
	}
	a.root = root
	return a, nil
}

// make returns the folder, made if it is not there.
func (a *Archive) make() (*os.Root, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.root != nil {
		return a.root, nil
	}
	if err := os.MkdirAll(a.dir, 0o750); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(a.dir)
	a.root = root
	return root, err
}

// readFile reads a file of the folder.
func (a *Archive) readFile(name string) ([]byte, error) {
	a.mu.Lock()
	root := a.root
	a.mu.Unlock()
	if root == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return root.ReadFile(name)
}

// Close releases the folder.
func (a *Archive) Close() error {
	if a.root == nil {
		return nil
	}
	return a.root.Close()
}

// Manifest says what is in force. Each write makes a new one; the file
// current.json names the one that holds.
type Manifest struct {
	Version  int    // of this form, 1
	Sequence int    // 1, 2, 3 ...
	Previous string // SHA-256 of the manifest before
	At       time.Time
	By       string
	What     string            // "load un", "accept un", "decide"
	State    string            // SHA-256 of the state file
	Snapshot string            // id of the snapshot in force
	InForce  map[string]string // source: edition
	Pending  map[string]Pending
	self     string // its own SHA-256
}

// Pending is an edition that waits for a named person.
type Pending struct {
	register.Info
	By       string
	At       time.Time
	Concerns []register.Concern
}

// Status is where an edition stands.
type Status string

// Statuses of an edition.
const (
	InForce    Status = "in force"
	Superseded Status = "superseded"
	Waiting    Status = "pending"
)

// Stored is an edition in the archive.
type Stored struct {
	register.Info
	Status   Status
	At       time.Time // put in force, or handed in if pending
	By       string    `json:",omitempty"` // who handed a pending edition in
	Accepted *register.Accept
	Concerns []register.Concern
}

// Editions returns the editions of a source, or of all if source is "", the
// oldest first; a pending one is the last of its source.
func (a *Archive) Editions(source string) ([]Stored, error) {
	out, _, err := a.Stock()
	if source != "" {
		out = slices.DeleteFunc(out, func(x Stored) bool { return x.Source != source })
	}
	return out, err
}

// Stock returns all editions as Editions does, and what the register remembers
// besides.
func (a *Archive) Stock() ([]Stored, register.State, error) {
	m, s, err := a.current()
	if err != nil {
		return nil, s, err
	}
	out := []Stored{}
	for i, t := range s.Taken {
		st := Superseded
		if s.InForce[t.Source] == t.ID && !slices.ContainsFunc(s.Taken[i+1:], func(x register.Taken) bool { return x.ID == t.ID }) {
			st = InForce
		}
		out = append(out, Stored{Info: t.Info, Status: st, At: t.At, Accepted: t.Accepted})
	}
	for _, id := range slices.Sorted(maps.Keys(m.Pending)) {
		p := m.Pending[id]
		out = append(out, Stored{Info: p.Info, Status: Waiting, At: p.At, By: p.By, Concerns: p.Concerns})
	}
	slices.SortStableFunc(out, func(a, b Stored) int { return cmp.Compare(a.Source, b.Source) })
	return out, s, nil
}

// Current returns the manifest in force. An empty folder has Sequence 0.
func (a *Archive) Current() (Manifest, error) {
	m, err := a.readManifest()
	if err != nil {
		return m, fmt.Errorf("reading the data folder %s: %w", a.dir, err)
	}
	return m, nil
}

// State returns what the register remembers.
func (a *Archive) State() (register.State, error) {
	_, s, err := a.current()
	return s, err
}

// SnapshotPath returns the path where the compiled form of a snapshot lies.
func (a *Archive) SnapshotPath(id string) string {
	return filepath.Join(a.dir, snapshotDir, id+".idx")
}

func (a *Archive) source(id string) (list.Source, error) {
	if s, ok := a.sources[id]; ok {
		return s, nil
	}
	err := fault.New(fault.NotFound, "no source is called %q", id)
	return list.Source{}, fault.Hint(err, "sources: %s", joined(slices.Sorted(maps.Keys(a.sources))))
}
