// Package lookout keeps the register in force ready to be screened against, and
// puts the commission's own list into it.
//
// It promises that a question sees one register from start to end, that a new one
// takes the place of the old in one step while questions run, and that an answer
// says which it was. It never judges an edition: what the register refuses stays
// refused, except that the commission's own list, which two persons signed, is
// accepted by their word.
package lookout

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"interdict/internal/archive"
	"interdict/internal/index"
	"interdict/internal/list/own"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Lookout is a register that can be screened against. It is safe for concurrent
// use.
type Lookout struct {
	archive *archive.Archive
	notice  func(register.Snapshot) string
	now     func() time.Time
	writing sync.Mutex
	state   atomic.Pointer[state]
}

// state is one register in force.
type state struct {
	engine  *screen.Engine
	entries map[string]string // subject: hash of all that is said of it
}

// Open returns the lookout of an archive. While no list is in force it looks out
// for those of the fallback. notice says what a reader must know of a register.
func Open(a *archive.Archive, fallback register.Snapshot, notice func(register.Snapshot) string, now func() time.Time) (*Lookout, error) {
	l := &Lookout{archive: a, notice: notice, now: now}
	snap, err := a.Snapshot()
	if err != nil {
		return nil, fmt.Errorf("opening the register: %w", err)
	}
	if len(snap.Editions) == 0 {
		snap = fallback
	}
	return l, l.take(snap)
}

// take puts a snapshot in the place of the one before.
func (l *Lookout) take(snap register.Snapshot) error {
	subjects, err := screen.Subjects(snap)
	if err != nil {
		return err
	}
	seg, err := index.Build(subjects)
	if err != nil {
		return fmt.Errorf("building the index of snapshot %s: %w", snap.ID, err)
	}
	s := &state{engine: screen.New(index.New(seg), snap.ID, l.notice(snap)), entries: map[string]string{}}
	for _, x := range snap.Subjects {
		if s.entries[x.ID], err = version(x); err != nil {
			return err
		}
	}
	l.state.Store(s)
	return nil
}

// version is the hash of what the lists say of a subject, whatever file and line
// it stands in.
func version(s register.Subject) (string, error) {
	h := sha256.New()
	for _, e := range s.Entries {
		e.File, e.Line, e.Element, e.Edition = "", 0, "", ""
		text, err := json.Marshal(e.Record)
		if err != nil {
			return "", fmt.Errorf("entry %s: %w", e.ID, err)
		}
		h.Write(text)
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// Engine answers questions on the register in force.
func (l *Lookout) Engine() *screen.Engine { return l.state.Load().engine }

// Entry returns the version of what is listed of a subject, false if nothing is.
func (l *Lookout) Entry(subject string) (string, bool) {
	v, ok := l.state.Load().entries[subject]
	return v, ok
}

// Publish puts an edition of the commission's own list in force, by the word of
// a named person, and returns the id of the edition. An equal list is the same
// edition and changes nothing.
func (l *Lookout) Publish(records []record.Record, by string) (string, error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	at := l.now().UTC()
	var b bytes.Buffer
	if err := own.Write(&b, at, records); err != nil {
		return "", fmt.Errorf("writing the own list: %w", err)
	}
	out, err := l.archive.Load(own.ID, []register.Input{{Name: "own.jsonl", Bytes: b.Bytes()}}, by, at)
	if err != nil {
		return "", fmt.Errorf("loading the own list: %w", err)
	}
	if out.Unchanged {
		return out.Edition.ID, nil
	}
	if out.Pending {
		out, err = l.archive.Accept(own.ID, register.Accept{By: by, At: at, Reason: "decided by the commission"})
		if err != nil {
			return "", fmt.Errorf("accepting the own list: %w", err)
		}
	}
	return out.Edition.ID, l.take(out.Snapshot)
}

// Reload takes up what another program loaded.
func (l *Lookout) Reload() error {
	snap, err := l.archive.Snapshot()
	if err != nil {
		return err
	}
	if len(snap.Editions) == 0 || snap.ID == l.Engine().Snapshot() {
		return nil
	}
	return l.take(snap)
}
