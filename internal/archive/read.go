package archive

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"interdict/internal/fault"
	"interdict/internal/register"
)

// Snapshot returns the snapshot in force: as it was stored when it was put in
// force, or built again from the raw bytes of its editions. An empty archive
// has an empty snapshot.
func (a *Archive) Snapshot() (register.Snapshot, error) {
	m, err := a.Current()
	if err != nil {
		return register.Snapshot{}, err
	}
	snap, err := a.readBuilt(m.Snapshot)
	if err == nil || fault.KindOf(err) != fault.NotFound {
		return snap, err
	}
	return a.Rebuild()
}

// Rebuild builds the snapshot from the raw bytes of the editions in force, as
// this program reads them.
func (a *Archive) Rebuild() (register.Snapshot, error) {
	_, s, err := a.fresh()
	if err != nil {
		return register.Snapshot{}, err
	}
	return a.build(s)
}

// fresh returns what is in force, with the state brought up to how this
// program reads the editions in force: a later program may read more of the
// same bytes, and must not be kept out by what an earlier one read.
func (a *Archive) fresh() (Manifest, register.State, error) {
	m, s, err := a.current()
	if err != nil {
		return m, s, err
	}
	editions, err := a.allInForce(s)
	if err != nil {
		return m, s, err
	}
	for _, e := range editions {
		if s, err = s.Reread(e); err != nil {
			return m, s, err
		}
	}
	return m, s, nil
}

// allInForce reads the editions in force, several at a time, in the order of
// their sources.
func (a *Archive) allInForce(s register.State) ([]register.Edition, error) {
	sources := slices.Sorted(maps.Keys(s.InForce))
	editions, errs := make([]register.Edition, len(sources)), make([]error, len(sources))
	var wait sync.WaitGroup
	for i, source := range sources {
		wait.Go(func() {
			e, err := a.inForce(s, source)
			if errs[i] = err; err == nil {
				editions[i] = *e
			}
		})
	}
	wait.Wait()
	return editions, errors.Join(errs...)
}

// Edition reads a stored edition again from its raw bytes, and does not keep it:
// there may be many.
func (a *Archive) Edition(id string) (register.Edition, error) {
	m, s, err := a.current()
	if err != nil {
		return register.Edition{}, err
	}
	for _, t := range s.Taken {
		if t.ID == id {
			return a.reread(t.Info)
		}
	}
	for _, p := range m.Pending {
		if p.ID == id {
			return a.reread(p.Info)
		}
	}
	return register.Edition{}, fault.New(fault.NotFound, "no edition %s is stored", id)
}

// inForce returns the edition of a source in force, nil if there is none.
func (a *Archive) inForce(s register.State, source string) (*register.Edition, error) {
	id := s.InForce[source]
	if id == "" {
		return nil, nil
	}
	for _, t := range slices.Backward(s.Taken) {
		if t.ID == id {
			e, err := a.edition(t.Info)
			return &e, err
		}
	}
	return nil, fault.New(fault.Corrupt, "edition %s of %s is in force and was never taken", id, source)
}

// edition reads an edition from its raw bytes, once in the life of a.
func (a *Archive) edition(info register.Info) (register.Edition, error) {
	e, err := a.reread(info)
	if err == nil {
		a.mu.Lock()
		a.read[info.ID] = e
		a.mu.Unlock()
	}
	return e, err
}

// reread reads an edition from its raw bytes, unless it is kept.
func (a *Archive) reread(info register.Info) (register.Edition, error) {
	a.mu.Lock()
	e, ok := a.read[info.ID]
	a.mu.Unlock()
	if ok {
		return e, nil
	}
	src, err := a.source(info.Source)
	if err != nil {
		return register.Edition{}, err
	}
	var in []register.Input
	for _, f := range info.Files {
		b, err := a.readChecked(rawPath(f.SHA256), f.SHA256, "load "+info.Source+" again from "+f.Name+", or restore the data folder from a copy")
		if err != nil {
			return register.Edition{}, fmt.Errorf("reading edition %s of %s: %w", info.ID, info.Source, err)
		}
		in = append(in, register.Input{Name: f.Name, Bytes: b})
	}
	if e, err = register.Read(src, info.Format, in); err != nil {
		return register.Edition{}, fmt.Errorf("reading edition %s: %w", info.ID, err)
	}
	return e, nil
}

func (a *Archive) build(s register.State) (register.Snapshot, error) {
	editions, err := a.allInForce(s)
	if err != nil {
		return register.Snapshot{}, err
	}
	return register.Build(s, editions)
}

// Raw returns a raw file of some edition by its SHA-256.
func (a *Archive) Raw(hash string) ([]byte, error) {
	if len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "" {
		return nil, fault.New(fault.NotFound, "reading a raw file: %q is no SHA-256", hash)
	}
	b, err := a.readChecked(rawPath(hash), hash, "load it again")
	if err != nil {
		return nil, fmt.Errorf("reading a raw file: %w", err)
	}
	return b, nil
}

// ReadFile reads a file that [Archive.WriteFile] has written. The error is
// fs.ErrNotExist if there is none.
func (a *Archive) ReadFile(name string) ([]byte, error) { return a.readFile(name) }
