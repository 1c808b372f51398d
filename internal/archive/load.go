package archive

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/register"
)

// Outcome is what a load did.
type Outcome struct {
	Edition   register.Edition
	Unchanged bool // the edition is in force already; nothing was written
	Pending   bool // it waits for a named person; the old edition stays in force
	Concerns  []register.Concern
	Changes   register.Changes  // if it was put in force
	Snapshot  register.Snapshot // the new one, if it was put in force
}

// Load reads the files as one edition of a source, stores them, and puts the
// edition in force in place of the one before. If something speaks against
// it, the edition is kept as pending instead and replaces nothing.
func (a *Archive) Load(source string, files []register.Input, by string, at time.Time) (out Outcome, err error) {
	defer wrap(&err, "loading "+source)
	src, err := a.source(source)
	if err != nil {
		return out, err
	}
	if out.Edition, err = register.Read(src, "", files); err != nil {
		return out, err
	}
	unlock, err := a.lock()
	if err != nil {
		return out, err
	}
	defer unlock()
	if err := a.keepAll(files); err != nil {
		return out, err
	}
	m, s, err := a.fresh()
	if err != nil {
		return out, err
	}
	if s.InForce[source] == out.Edition.ID {
		out.Unchanged = true
		return out, nil
	}
	prev, err := a.inForce(s, source)
	if err != nil {
		return out, err
	}
	if out.Concerns = register.Check(prev, out.Edition); len(out.Concerns) > 0 {
		out.Pending = true
		m = m.next(by, "load "+source+" (pending)", at)
		m.Pending[source] = Pending{Info: out.Edition.Info, By: by, At: at, Concerns: out.Concerns}
		return out, a.commit(m, s)
	}
	m = m.next(by, "load "+source, at)
	return out, a.take(&out, m, s, prev, nil, at)
}

// Accept puts the pending edition of a source in force on a named person's
// word.
func (a *Archive) Accept(source string, word register.Accept) (out Outcome, err error) {
	defer wrap(&err, "accepting the edition of "+source)
	if word.By == "" || word.Reason == "" {
		return out, fault.New(fault.Invalid, "a name and a reason are needed")
	}
	unlock, err := a.lock()
	if err != nil {
		return out, err
	}
	defer unlock()
	m, s, err := a.fresh()
	if err != nil {
		return out, err
	}
	p, ok := m.Pending[source]
	if !ok {
		return out, fault.New(fault.NotFound, "no edition of this source is pending")
	}
	if out.Edition, err = a.edition(p.Info); err != nil {
		return out, err
	}
	prev, err := a.inForce(s, source)
	if err != nil {
		return out, err
	}
	out.Concerns = p.Concerns
	return out, a.take(&out, m.next(word.By, "accept "+source, word.At), s, prev, &word, word.At)
}

// Decide adds a named person's decision on two entries and puts the snapshot
// that follows from it in force. A and B may be ids of subjects, which stand
// for their oldest entries, or anything that [register.Snapshot.Find] takes.
func (a *Archive) Decide(d register.Decision) (snap register.Snapshot, err error) {
	defer wrap(&err, "deciding")
	unlock, err := a.lock()
	if err != nil {
		return snap, err
	}
	defer unlock()
	m, s, err := a.fresh()
	if err != nil {
		return snap, err
	}
	if snap, err = a.build(s); err != nil {
		return snap, err
	}
	for _, id := range []*string{&d.A, &d.B} {
		if *id, err = entryOf(snap, *id); err != nil {
			return snap, err
		}
	}
	if s, err = s.Decide(d); err != nil {
		return snap, err
	}
	if snap, err = a.build(s); err != nil {
		return snap, err
	}
	m = m.next(d.By, "decide", d.At)
	m.Snapshot = snap.ID
	return snap, a.commit(m, s.Settled(snap))
}

func entryOf(snap register.Snapshot, id string) (string, error) {
	x, err := snap.Find(id)
	if err != nil {
		return "", err
	}
	for _, e := range x.Entries {
		if e.ID == id || e.Bears(id) {
			return e.ID, nil
		}
	}
	return x.Entries[0].ID, nil
}

// take puts an edition in force and writes everything.
func (a *Archive) take(out *Outcome, m Manifest, s register.State, prev *register.Edition, word *register.Accept, at time.Time) error {
	next, changes, err := s.Take(prev, out.Edition, word, at)
	if err != nil {
		return err
	}
	a.mu.Lock()
	a.read[out.Edition.ID] = out.Edition
	a.mu.Unlock()
	snap, err := a.build(next)
	if err != nil {
		return err
	}
	delete(m.Pending, out.Edition.Source)
	m.Snapshot = snap.ID
	if err := a.commit(m, next.Settled(snap)); err != nil {
		return err
	}
	out.Changes, out.Snapshot = changes, snap
	return nil
}

func (m Manifest) next(by, what string, at time.Time) Manifest {
	m.Sequence++
	m.Previous = m.self
	m.By, m.What, m.At = by, what, at
	m.Pending = maps.Clone(m.Pending)
	if m.Pending == nil {
		m.Pending = map[string]Pending{}
	}
	return m
}

func (a *Archive) keepAll(files []register.Input) error {
	for _, f := range files {
		if err := a.keepRaw(f.Bytes); err != nil {
			return fmt.Errorf("keeping %s: %w", f.Name, err)
		}
	}
	return nil
}

// Snapshot builds the snapshot in force from the raw bytes of its editions.
// An empty archive has an empty snapshot.
func (a *Archive) Snapshot() (register.Snapshot, error) {
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
	for _, source := range slices.Sorted(maps.Keys(s.InForce)) {
		e, err := a.inForce(s, source)
		if err != nil {
			return m, s, err
		}
		if s, err = s.Reread(*e); err != nil {
			return m, s, err
		}
	}
	return m, s, nil
}

// Edition reads a stored edition again from its raw bytes.
func (a *Archive) Edition(id string) (register.Edition, error) {
	m, s, err := a.current()
	if err != nil {
		return register.Edition{}, err
	}
	for _, t := range s.Taken {
		if t.ID == id {
			return a.edition(t.Info)
		}
	}
	for _, p := range m.Pending {
		if p.ID == id {
			return a.edition(p.Info)
		}
	}
	return register.Edition{}, fault.New(fault.NotFound, "no edition %s is stored", id)
}

func (a *Archive) inForce(s register.State, source string) (*register.Edition, error) {
	id := s.InForce[source]
	for _, t := range slices.Backward(s.Taken) {
		if t.ID == id && id != "" {
			e, err := a.edition(t.Info)
			return &e, err
		}
	}
	return nil, nil
}

// edition reads an edition from its raw bytes, once in the life of a.
func (a *Archive) edition(info register.Info) (register.Edition, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e, ok := a.read[info.ID]; ok {
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
	e, err := register.Read(src, info.Format, in)
	if err != nil {
		return register.Edition{}, fmt.Errorf("reading edition %s: %w", info.ID, err)
	}
	a.read[info.ID] = e
	return e, nil
}

func (a *Archive) build(s register.State) (register.Snapshot, error) {
	var editions []register.Edition
	for _, source := range slices.Sorted(maps.Keys(s.InForce)) {
		e, err := a.inForce(s, source)
		if err != nil {
			return register.Snapshot{}, err
		}
		editions = append(editions, *e)
	}
	return register.Build(s, editions)
}

func wrap(err *error, doing string) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", doing, *err)
	}
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
func (a *Archive) ReadFile(name string) ([]byte, error) { return a.root.ReadFile(name) }
