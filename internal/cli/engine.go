package cli

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/list/starter"
	"interdict/internal/match"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// starterNotice stands in every answer that the starter register takes part in.
const starterNotice = "starter register: written from public facts, not for compliance use"

// openEngine opens the register of the data folder for screening: the compiled
// snapshot in force, compiled now if it is not there or is of another profile;
// the starter register while no list is loaded. Close it after use.
func openEngine(c *call) (e *screen.Engine, closeIt func() error, err error) {
	a, err := openArchive(c)
	if err != nil {
		return nil, nil, err
	}
	m, err := a.Current()
	if err != nil {
		a.Close()
		return nil, nil, err
	}
	if len(m.InForce) == 0 {
		defer a.Close()
		e, err := starterEngine()
		return e, func() error { return nil }, err
	}
	mapped, err := openCompiled(c, a, m.Snapshot)
	if err != nil {
		a.Close()
		return nil, nil, err
	}
	notice := ""
	if m.InForce[starter.Source.ID] != "" {
		notice = starterNotice
	}
	e = screen.New(index.New(mapped.seg), mapped.snapshot, notice)
	return e, func() error {
		mapped.Close()
		return a.Close()
	}, nil
}

// compiled is an open compiled snapshot.
type compiled struct {
	*archive.Mapped
	seg      *index.Segment
	snapshot string
}

func openCompiled(c *call, a *archive.Archive, snapshot string) (compiled, error) {
	out, err := mapCompiled(a, snapshot)
	if k := fault.KindOf(err); err == nil || k != fault.NotFound && k != fault.Corrupt && k != fault.Conflict {
		return out, err
	}
	if snapshot, err = compile(c, a); err != nil {
		return out, err
	}
	return mapCompiled(a, snapshot)
}

func mapCompiled(a *archive.Archive, snapshot string) (compiled, error) {
	m, err := a.MapSnapshot(snapshot)
	if err != nil {
		return compiled{}, err
	}
	seg, head, err := index.Open(m.Bytes)
	if err == nil && head != (index.Head{Profile: match.Profile(), Snapshot: snapshot}) {
		err = fault.New(fault.Conflict, "the index is of profile %s and snapshot %s", head.Profile, head.Snapshot)
	}
	if err != nil {
		m.Close()
		return compiled{}, fmt.Errorf("opening the index of snapshot %s: %w", snapshot, err)
	}
	return compiled{m, seg, snapshot}, nil
}

// compile builds the index of the snapshot in force, stores it, and returns
// the id of the snapshot: another one than before, if a later program reads
// the same lists otherwise.
func compile(c *call, a *archive.Archive) (string, error) {
	b := c.progress("compiling the register", -1)
	defer b.finish()
	snap, err := a.Renew(time.Now().UTC())
	if err != nil {
		return "", err
	}
	return snap.ID, storeIndex(a, snap)
}

func storeIndex(a *archive.Archive, snap register.Snapshot) error {
	seg, err := buildIndex(snap)
	if err != nil {
		return err
	}
	head := index.Head{Profile: match.Profile(), Snapshot: snap.ID}
	return a.StoreSnapshot(snap.ID, func(w io.Writer) error { return seg.Write(w, head) })
}

func buildIndex(snap register.Snapshot) (*index.Segment, error) {
	subjects, err := screen.Subjects(snap)
	if err != nil {
		return nil, err
	}
	seg, err := index.Build(subjects)
	if err != nil {
		return nil, fmt.Errorf("building the index of snapshot %s: %w", snap.ID, err)
	}
	return seg, nil
}

// starterSnapshot is the register of the embedded starter list alone.
func starterSnapshot() (register.Snapshot, error) {
	var in []register.Input
	for _, f := range starter.Files() {
		var b bytes.Buffer
		if _, err := b.ReadFrom(f.Body); err != nil {
			return register.Snapshot{}, fmt.Errorf("reading the starter register: %w", err)
		}
		in = append(in, register.Input{Name: f.Name, Bytes: b.Bytes()})
	}
	e, err := register.Read(starter.Source, "", in)
	if err != nil {
		return register.Snapshot{}, fmt.Errorf("reading the starter register: %w", err)
	}
	// A fixed time: the starter register is the same wherever it is read.
	s, _, err := register.NewState().Take(nil, e, nil, time.Unix(0, 0).UTC())
	if err != nil {
		return register.Snapshot{}, fmt.Errorf("taking the starter register: %w", err)
	}
	return register.Build(s, []register.Edition{e})
}

func starterEngine() (*screen.Engine, error) {
	snap, err := starterSnapshot()
	if err != nil {
		return nil, err
	}
	seg, err := buildIndex(snap)
	if err != nil {
		return nil, err
	}
	return screen.New(index.New(seg), snap.ID, starterNotice), nil
}
