package follow

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/publish"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/report"
)

// SourceID is the source of the followed list in the register here.
const SourceID = "followed"

// Source is the list of the authority that is followed.
var Source = list.Source{
	ID: SourceID, Title: "The list of the authority that is followed", Authority: own.Source.Authority, Formats: own.Source.Formats,
}

// Config says whom to follow and what to do with what comes.
type Config struct {
	URL     string        // of the published folder
	Key     note.Verifier // of the list
	Dir     string        // of what is remembered of it
	Archive *archive.Archive
	Lookout *lookout.Lookout
	Took    func(ctx context.Context, m publish.Manifest, list []record.Record) error // told of an edition that came into force, perhaps twice; nil: nobody
	Screen  func(ctx context.Context, edition int64) error                            // screens the customers here; nil: nobody is screened
	Desk    *Desk                                                                     // whom acknowledgements go to; nil: nobody
	Client  *http.Client
	Now     func() time.Time
	Every   time.Duration // between two looks where no hint comes
}

// memory is what a follower remembers, whole or as it was before.
type memory struct {
	URL        string                   `json:"url,omitempty"`        // of the published folder
	List       string                   `json:"list,omitempty"`       // name in its key
	Checkpoint string                   `json:"checkpoint,omitempty"` // signed note of the last good state
	Good       *Checkpoint              `json:"good,omitempty"`       // what it says
	Checked    time.Time                `json:"checked,omitzero"`     // the authority was last seen at this state or before
	Old        time.Time                `json:"old,omitzero"`         // since when it shows an older one
	Manifest   *publish.Manifest        `json:"manifest,omitempty"`   // of the last edition
	InForce    int64                    `json:"in_force"`             // edition that is loaded; -1: none
	InForceAt  time.Time                `json:"in_force_at,omitzero"` // when it was published, by the authority's clock
	Done       map[report.Hop]time.Time `json:"done,omitempty"`       // of that edition, by our clock
	Told       map[report.Hop]bool      `json:"told,omitempty"`
	Untold     string                   `json:"untold,omitempty"`  // why acknowledgements wait
	Waits      string                   `json:"waits,omitempty"`   // why the last edition is not in force
	Away       *Trouble                 `json:"away,omitempty"`    // the authority cannot be reached
	Refused    *Trouble                 `json:"refused,omitempty"` // what it shows was refused
}

// Trouble is what is not as it should be, and since when.
type Trouble struct {
	Since time.Time `json:"since"`
	Why   string    `json:"why"`
}

// Follower follows one authority. Its methods are called one at a time.
type Follower struct {
	Config
	memory memory
	etag   string // of the checkpoint that was seen last
}

// Outcome is what a look came to.
type Outcome struct {
	Edition  int64         `json:"edition"`           // in force here; -1: none yet
	New      bool          `json:"new"`               // it came with this look
	Old      bool          `json:"old,omitempty"`     // the authority shows an older state than it did: nothing new
	Waits    string        `json:"waits,omitempty"`   // why it is not in force: somebody must accept it
	Age      time.Duration `json:"age"`               // since the authority was last seen, nanoseconds
	Ahead    time.Duration `json:"ahead,omitempty"`   // by which the authority's clock is ahead of ours
	Untold   string        `json:"untold,omitempty"`  // why acknowledgements wait
	Received int64         `json:"-"`                 // bytes
	Changed  int           `json:"changed,omitempty"` // entries of the edition that are new or other
}

// Open reads what was remembered. A folder that belongs to another list is
// Invalid.
func Open(c Config) (*Follower, error) {
	f := &Follower{Config: c, memory: memory{InForce: -1, Done: map[report.Hop]time.Time{}, Told: map[report.Hop]bool{}}}
	text, err := os.ReadFile(f.file(memoryFile))
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &f.memory)
	}
	if err != nil {
		return nil, fault.As(fault.Corrupt, fmt.Errorf("reading what was remembered of %s: %w", c.URL, err))
	}
	if f.memory.Checkpoint != "" {
		if _, err := f.kept(); err != nil {
			return nil, fault.Hint(fault.As(fault.Invalid, fmt.Errorf("%s is of another list than this key's: %w", c.Dir, err)), "follow another authority in another data folder")
		}
	}
	return f, nil
}

// Look looks once whether there is something new, and takes it as far as it
// goes: verified, loaded, screened, acknowledged. What was begun before is
// finished even if the authority is away, which is an Unavailable error then.
// Corrupt means that what is shown was refused.
func (f *Follower) Look(ctx context.Context) (Outcome, error) {
	out, seen := f.fetch(ctx)
	if ctx.Err() != nil {
		return f.stands(out), seen
	}
	noted := f.note(seen)
	if fault.KindOf(seen) == fault.Corrupt {
		return f.stands(out), errors.Join(seen, noted)
	}
	err := errors.Join(f.goOn(ctx, &out), noted)
	return f.stands(out), errors.Join(err, seen)
}

// note remembers that the authority is away or was refused, and since when; or
// that it is neither any more.
func (f *Follower) note(seen error) error {
	away, refused := f.memory.Away, f.memory.Refused
	trouble := func(before *Trouble) *Trouble {
		if before != nil {
			return &Trouble{before.Since, seen.Error()}
		}
		return &Trouble{f.Now().UTC(), seen.Error()}
	}
	switch {
	case seen == nil:
		f.memory.Away, f.memory.Refused = nil, nil
	case fault.KindOf(seen) == fault.Corrupt:
		f.memory.Away, f.memory.Refused = nil, trouble(refused)
	case errors.As(seen, new(*awayError)):
		f.memory.Away = trouble(away)
	}
	if away == f.memory.Away && refused == f.memory.Refused {
		return nil
	}
	return f.remember()
}

// stands adds where things stand.
func (f *Follower) stands(out Outcome) Outcome {
	out.Edition = f.memory.InForce
	if m := f.memory.Manifest; m != nil && m.Sequence == out.Edition {
		out.Changed = m.Changed
	}
	if !f.memory.Checked.IsZero() {
		out.Age = f.Now().Sub(f.memory.Checked)
	}
	return out
}

// goOn does what is left to do of the last edition.
func (f *Follower) goOn(ctx context.Context, out *Outcome) error {
	m := f.memory.Manifest
	if m == nil {
		return nil
	}
	before := len(f.memory.Done)
	if f.memory.Done[report.Loaded].IsZero() {
		waits, err := f.load(ctx, *m)
		out.Waits, f.memory.Waits = waits, waits
		if err != nil || waits != "" {
			return errors.Join(err, f.remember(), f.tell(ctx, out))
		}
		f.memory.InForce, f.memory.InForceAt = m.Sequence, m.At
		f.memory.Done[report.Loaded] = f.Now().UTC() // not worth a write of its own: to load again changes nothing
	}
	if f.Screen != nil && f.memory.Done[report.Screened].IsZero() {
		if err := f.tell(ctx, out); err != nil {
			return err
		}
		if err := f.Screen(ctx, m.Sequence); err != nil {
			return fmt.Errorf("screening against edition %d: %w", m.Sequence, err)
		}
		f.memory.Done[report.Screened] = f.Now().UTC()
	}
	if len(f.memory.Done) > before {
		if err := f.remember(); err != nil {
			return err
		}
	}
	return f.tell(ctx, out)
}

// load puts the snapshot in force here. It returns why not, if somebody must
// accept it first.
func (f *Follower) load(ctx context.Context, m publish.Manifest) (waits string, err error) {
	text, err := f.snapshot(m)
	if err != nil {
		return "", err
	}
	out, err := f.Archive.Load(SourceID, []register.Input{{Name: publish.Snapshot, Bytes: text}}, "follow", f.Now().UTC())
	switch {
	case err != nil:
		return "", err
	case out.Pending:
		return fmt.Sprintf("%s; put it in force by: interdict register accept %s", out.Concerns[0].Text, SourceID), nil
	case !out.Unchanged:
		if _, err := lookout.Compile(f.Archive, out.Snapshot); err != nil {
			return "", err
		}
	}
	if err := f.Lookout.Reload(); err != nil || f.Took == nil {
		return "", err
	}
	list, err := recordsOf(text)
	if err == nil {
		err = f.Took(ctx, m, list)
	}
	return "", err
}

// recordsOf reads a snapshot.
func recordsOf(text []byte) ([]record.Record, error) {
	var all []record.Record
	for r, err := range own.Source.Formats[0].Read([]list.File{{Name: publish.Snapshot, Body: bytes.NewReader(text)}}, &list.Report{}) {
		if err != nil {
			return nil, fmt.Errorf("reading the snapshot: %w", err)
		}
		all = append(all, r)
	}
	return all, nil
}

// tell acknowledges what is done and was not acknowledged. That it cannot be
// told now stops nothing: it is told with the next look.
func (f *Follower) tell(ctx context.Context, out *Outcome) error {
	if f.Desk == nil {
		return nil
	}
	for _, h := range report.Hops() {
		done := f.memory.Done[h]
		if done.IsZero() || f.memory.Told[h] {
			continue
		}
		if err := f.Desk.Acknowledge(ctx, f.memory.Manifest.Sequence, h, done); err != nil {
			out.Untold = err.Error()
			if f.memory.Untold == out.Untold {
				return nil
			}
			f.memory.Untold = out.Untold
			return f.remember()
		}
		f.memory.Told[h], f.memory.Untold = true, ""
		if err := f.remember(); err != nil {
			return err
		}
	}
	return nil
}

// Names of what is remembered.
const (
	memoryFile   = "state.json"
	snapshotFile = "snapshot.jsonl"
)

func (f *Follower) file(name string) string { return filepath.Join(f.Dir, filepath.FromSlash(name)) }

func (f *Follower) remember() error {
	f.memory.URL, f.memory.List = f.URL, f.Key.Name()
	text, err := json.Marshal(f.memory)
	if err != nil {
		return err
	}
	if err := publish.Place(f.Dir, memoryFile, text); err != nil {
		return fmt.Errorf("remembering how far the list of %s was followed: %w", f.URL, err)
	}
	return nil
}
