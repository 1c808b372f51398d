package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// lookedFile keeps when each source was looked at last.
const lookedFile = "looked.json"

// Looked keeps that a source was fetched or loaded, whether or not it had
// changed: a list that did not change is as good as a new one.
func (a *Archive) Looked(source string, at time.Time) (err error) {
	defer wrap(&err, "keeping when "+source+" was looked at")
	unlock, err := a.lock()
	if err != nil {
		return err
	}
	defer unlock()
	all, err := a.LookedAt()
	if err != nil {
		return err
	}
	all[source] = at.UTC()
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return a.WriteFile(lookedFile, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// LookedAt returns when each source was looked at last, as far as that was kept.
func (a *Archive) LookedAt() (map[string]time.Time, error) {
	all := map[string]time.Time{}
	text, err := a.readFile(lookedFile)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("reading when the lists were looked at: %w", err)
	}
	return all, nil
}
