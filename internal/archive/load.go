package archive

import (
	"fmt"
	"maps"
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
// word: the one that is named, or whichever it is if edition is "". Another one
// than the named is Conflict.
func (a *Archive) Accept(source, edition string, word register.Accept) (out Outcome, err error) {
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
	if edition != "" && p.ID != edition {
		return out, fault.New(fault.Conflict, "edition %s is pending, not %s", p.ID, edition)
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
	return snap, a.replace(m.next(d.By, "decide", d.At), s, snap)
}

// Renew builds the snapshot in force, as [Archive.Snapshot] does, and puts it
// in force under its new id if this program reads the editions otherwise than
// the one that loaded them.
func (a *Archive) Renew(at time.Time) (snap register.Snapshot, err error) {
	defer wrap(&err, "building the snapshot in force")
	m, s, err := a.fresh()
	if err != nil {
		return snap, err
	}
	if snap, err = a.build(s); err != nil || snap.ID == m.Snapshot || m.Sequence == 0 {
		return snap, err
	}
	unlock, err := a.lock()
	if err != nil {
		return snap, err
	}
	defer unlock()
	if m, s, err = a.fresh(); err != nil { // another process may have written
		return snap, err
	}
	if snap, err = a.build(s); err != nil || snap.ID == m.Snapshot {
		return snap, err
	}
	return snap, a.replace(m.next("", "read again", at), s, snap)
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
	if err := a.replace(m, next, snap); err != nil {
		return err
	}
	out.Changes, out.Snapshot = changes, snap
	return nil
}

// replace puts a snapshot in force with the state that it was built from.
func (a *Archive) replace(m Manifest, s register.State, snap register.Snapshot) error {
	if err := a.writeBuilt(snap); err != nil {
		return err
	}
	if err := a.dropBuilt(m.Snapshot, snap.ID); err != nil {
		return err
	}
	m.Snapshot = snap.ID
	if err := a.commit(m, s.Settled(snap)); err != nil {
		return err
	}
	a.mu.Lock()
	clear(a.read) // the snapshot is what is needed from here on
	a.mu.Unlock()
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

func wrap(err *error, doing string) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", doing, *err)
	}
}
