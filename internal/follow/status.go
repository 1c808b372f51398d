package follow

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"interdict/internal/fault"
	"interdict/internal/report"
)

// Status is how things stand between an institution and the authority that it
// follows, by what is remembered in its folder.
type Status struct {
	Authority  string       `json:"authority"`            // URL of the published folder
	List       string       `json:"list"`                 // name in its key
	Edition    int64        `json:"edition"`              // in force here; -1: none
	Published  time.Time    `json:"published,omitzero"`   // of that edition, by the authority's clock
	Checkpoint *Checkpoint  `json:"checkpoint,omitempty"` // of the last good state
	Seen       time.Time    `json:"seen,omitzero"`        // when the authority was last seen in a good state
	Away       *Trouble     `json:"away,omitempty"`       // the authority cannot be reached
	Refused    *Trouble     `json:"refused,omitempty"`    // what the authority shows was refused: altered, a fork, or a rollback
	Older      time.Time    `json:"older,omitzero"`       // since when it shows an older state than it did
	Waits      string       `json:"waits,omitempty"`      // why a newer edition is not in force: somebody must accept it
	LastGood   bool         `json:"last_good"`            // work goes on upon the last good state, for one of these reasons
	Untold     []report.Hop `json:"untold,omitempty"`     // acknowledgements of the last edition that the authority did not take yet
	UntoldWhy  string       `json:"untold_why,omitempty"`
	Reports    *Errand      `json:"reports,omitempty"` // none where reports are not carried
	Book       *Screening   `json:"book,omitempty"`    // none where no book was screened
}

// Checkpoint is a state of the authority's log.
type Checkpoint struct {
	Editions int64  `json:"editions"`
	Root     string `json:"root"`
}

// ReadStatus reads how things stand from the folder of a follower, also while one
// is at work there. NotFound means that nobody was followed there.
func ReadStatus(dir string) (Status, error) {
	var m memory
	if err := recall(dir, memoryFile, &m); err != nil {
		return Status{}, err
	}
	s := Status{
		Authority: m.URL, List: m.List, Edition: m.InForce, Published: m.InForceAt, Checkpoint: m.Good, Seen: m.Checked,
		Away: m.Away, Refused: m.Refused, Older: m.Old, Waits: m.Waits, UntoldWhy: m.Untold,
		LastGood: m.Away != nil || m.Refused != nil || !m.Old.IsZero() || m.Waits != "",
	}
	for _, h := range report.Hops() {
		if !m.Done[h].IsZero() && !m.Told[h] {
			s.Untold = append(s.Untold, h)
		}
	}
	for name, into := range map[string]any{reportsFile: &s.Reports, screeningFile: &s.Book} {
		if err := recall(dir, name, into); err != nil && fault.KindOf(err) != fault.NotFound {
			return s, err
		}
	}
	return s, nil
}

// InOrder reports whether nobody needs to look: work goes on upon what the authority
// publishes now, and the book, where one is kept, was screened against it.
func (s Status) InOrder() bool {
	return !s.LastGood && (s.Book == nil || s.Book.Failed == nil && s.Book.Edition == s.Edition)
}

// recall reads a file of what is remembered.
func recall(dir, name string, into any) error {
	text, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Hint(fault.New(fault.NotFound, "nobody is followed in %s", filepath.Dir(dir)), "begin with: interdict follow URL --key KEY")
	}
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fault.As(fault.Corrupt, fmt.Errorf("reading %s of what was remembered: %w", name, err))
	}
	return nil
}
