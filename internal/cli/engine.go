package cli

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/list/starter"
	"interdict/internal/lookout"
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
	m, seg, err := lookout.Map(a, snapshot)
	return compiled{m, seg, snapshot}, err
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
	id := snap.ID
	_, err = lookout.Compile(a, snap)
	return id, err
}

// starterSnapshot is the register of the embedded starter list alone. It is read
// once and changed by nobody.
var starterSnapshot = sync.OnceValues(readStarter)

func readStarter() (register.Snapshot, error) {
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
	seg, err := lookout.Build(snap)
	if err != nil {
		return nil, err
	}
	return screen.New(index.New(seg), snap.ID, starterNotice), nil
}
