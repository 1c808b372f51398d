package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/list"
	"interdict/internal/lookout"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// benchEngine opens the register that is measured: of the lists named as
// SOURCE=FILE, several files of one source being one edition, or else of the
// data folder. Close it after use.
func benchEngine(c *call, lists []string) (e *screen.Engine, closeIt func() error, err error) {
	if len(lists) == 0 {
		return openEngine(c)
	}
	snap, err := benchSnapshot(lists)
	if err != nil {
		return nil, nil, err
	}
	seg, err := lookout.Build(snap)
	if err != nil {
		return nil, nil, err
	}
	return screen.New(index.New(seg), snap.ID, ""), func() error { return nil }, nil
}

// benchSnapshot is the register of the lists named. Nothing is stored, and what
// cannot be read of them is left out: it is the index that is measured.
func benchSnapshot(lists []string) (register.Snapshot, error) {
	files := map[string][]register.Input{}
	var order []string
	for _, l := range lists {
		id, path, ok := strings.Cut(l, "=")
		if !ok {
			return register.Snapshot{}, wrongUsage("%q names no list: write SOURCE=FILE", l)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return register.Snapshot{}, inputError(err)
		}
		if files[id] == nil {
			order = append(order, id)
		}
		files[id] = append(files[id], register.Input{Name: filepath.Base(path), Bytes: b})
	}
	state := register.NewState()
	var editions []register.Edition
	for _, id := range order {
		all := sources()
		i := slices.IndexFunc(all, func(s list.Source) bool { return s.ID == id })
		if i < 0 {
			return register.Snapshot{}, fault.Hint(fault.New(fault.Invalid, "no source is called %q", id), "sources: %s", strings.Join(sourceIDs(), ", "))
		}
		e, err := register.Read(all[i], "", files[id])
		if err != nil {
			return register.Snapshot{}, fmt.Errorf("reading the list %s: %w", id, err)
		}
		accept := &register.Accept{By: "bench", Reason: "measured, not put in force", At: time.Unix(0, 0).UTC()}
		if state, _, err = state.Take(nil, e, accept, accept.At); err != nil {
			return register.Snapshot{}, fmt.Errorf("taking the list %s: %w", id, err)
		}
		editions = append(editions, e)
	}
	return register.Build(state, editions)
}
