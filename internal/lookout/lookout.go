// Package lookout keeps the register in force ready to be screened against, puts
// the commission's own list into it, says who stands in it and since which edition,
// and opens the registers of before.
//
// It promises that a question sees one register from start to end, that a new one
// takes the place of the old in one step while questions run, that an answer says
// which it was, and that an earlier register answers as it did then. It never
// judges an edition: what the register refuses stays refused, except that the
// commission's own list, which two persons signed, is accepted by their word.
package lookout

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/list/own"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Config says what a lookout looks out for.
type Config struct {
	Archive  *archive.Archive
	Fallback register.Snapshot                       // in force while no list is loaded
	Notice   func(editions map[string]string) string // what a reader must know of a register, by its sources
	Now      func() time.Time
}

// Lookout is a register that can be screened against. It is safe for concurrent
// use.
type Lookout struct {
	Config
	writing sync.Mutex
	state   atomic.Pointer[state]
	before  sync.Map // of earlier registers: snapshot id: *screen.Engine
	named   sync.Map // *screen.Engine: *names

	remembering sync.Mutex
	remembered  memory
	asOf        int // sequence of what is remembered

	comparing sync.Mutex
	compared  []Compared
}

// state is one register in force.
type state struct {
	engine   *screen.Engine
	editions map[string]string // source: edition
}

// Open returns a lookout. A register that was compiled before opens at once.
func Open(c Config) (*Lookout, error) {
	l := &Lookout{Config: c}
	return l, l.reload()
}

// Reload takes up what another program loaded.
func (l *Lookout) Reload() error {
	l.writing.Lock()
	defer l.writing.Unlock()
	return l.reload()
}

func (l *Lookout) reload() error {
	m, err := l.Archive.Current()
	if err != nil {
		return fmt.Errorf("opening the register: %w", err)
	}
	now := l.state.Load()
	if len(m.InForce) == 0 {
		if now != nil {
			return nil
		}
		return l.fallBack()
	}
	if now != nil && now.engine.Snapshot() == m.Snapshot {
		return nil
	}
	e, err := l.engineOf(m.Snapshot, m.InForce)
	if k := fault.KindOf(err); err != nil && (k == fault.NotFound || k == fault.Conflict || k == fault.Corrupt) {
		return l.recompile(m.InForce)
	}
	if err != nil {
		return err
	}
	l.state.Store(&state{e, maps.Clone(m.InForce)})
	return nil
}

func (l *Lookout) fallBack() error {
	editions := map[string]string{}
	for _, e := range l.Fallback.Editions {
		editions[e.Source] = e.ID
	}
	seg, err := Build(l.Fallback)
	if err != nil {
		return err
	}
	l.state.Store(&state{engineOn(seg, l.Fallback.ID, l.Notice(editions)), editions})
	return nil
}

// recompile builds the index of the register in force and keeps it.
func (l *Lookout) recompile(editions map[string]string) error {
	snap, err := l.Archive.Renew(l.Now().UTC())
	if err != nil {
		return fmt.Errorf("compiling the register: %w", err)
	}
	return l.take(snap, editions)
}

// take compiles a snapshot and puts it in the place of the one before.
func (l *Lookout) take(snap register.Snapshot, editions map[string]string) error {
	id := snap.ID
	seg, err := Compile(l.Archive, snap)
	if err != nil {
		return err
	}
	l.state.Store(&state{engineOn(seg, id, l.Notice(editions)), maps.Clone(editions)})
	return nil
}

// Engine answers questions on the register in force.
func (l *Lookout) Engine() *screen.Engine { return l.state.Load().engine }

// Editions returns which editions are in force, by source.
func (l *Lookout) Editions() map[string]string { return maps.Clone(l.state.Load().editions) }

// Then answers questions on an earlier register, as it did then. NotFound means
// that its compiled form is not kept, or is of another scoring profile.
func (l *Lookout) Then(snapshot string) (*screen.Engine, error) {
	if now := l.Engine(); now.Snapshot() == snapshot {
		return now, nil
	}
	if e, ok := l.before.Load(snapshot); ok {
		return e.(*screen.Engine), nil
	}
	e, err := l.engineOf(snapshot, nil)
	if err != nil {
		return nil, fault.As(fault.NotFound, fmt.Errorf("the register %s of before: %w", snapshot, err))
	}
	l.before.Store(snapshot, e)
	return e, nil
}

// Entry returns the version of what is listed of a subject, false if nothing is:
// the hash of what every list says, whatever file and line it stands in.
func (l *Lookout) Entry(subject string) (string, bool) {
	payload, err := l.Engine().Index().Payload(subject)
	if err != nil {
		return "", false
	}
	s, err := screen.Subject(payload)
	if err != nil {
		return "", false
	}
	said, err := s.Said()
	if err != nil {
		return "", false
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:16]), true
}

// Publish puts an edition of the commission's own list in force, by the word of
// a named person, and returns the id of the edition. An equal list is the same
// edition and changes nothing.
func (l *Lookout) Publish(records []record.Record, by string) (string, error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	at := l.Now().UTC()
	var b bytes.Buffer
	if err := own.Write(&b, own.Day(records), records); err != nil {
		return "", fmt.Errorf("writing the own list: %w", err)
	}
	out, err := l.Archive.Load(own.ID, []register.Input{{Name: "own.jsonl", Bytes: b.Bytes()}}, by, at)
	if err != nil {
		return "", fmt.Errorf("loading the own list: %w", err)
	}
	if out.Unchanged {
		return out.Edition.ID, nil
	}
	if out.Pending {
		out, err = l.Archive.Accept(own.ID, out.Edition.ID, register.Accept{By: by, At: at, Reason: "decided by the commission"})
		if err != nil {
			return "", fmt.Errorf("accepting the own list: %w", err)
		}
	}
	m, err := l.Archive.Current()
	if err != nil {
		return "", err
	}
	return out.Edition.ID, l.take(out.Snapshot, m.InForce)
}
