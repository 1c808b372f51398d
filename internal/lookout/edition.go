package lookout

import (
	"fmt"
	"slices"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/register"
)

// Stock returns every edition that is kept, by source, the oldest first; one that
// waits for a named person is the last of its source.
func (l *Lookout) Stock() ([]archive.Stored, error) {
	kept, err := l.kept()
	return slices.Clone(kept.stock), err
}

// Looked returns when each source was fetched or loaded last, as far as that was
// kept.
func (l *Lookout) Looked() (map[string]time.Time, error) { return l.Archive.LookedAt() }

// Waiting returns the edition of a source that waits for a named person, "" if
// none does.
func (l *Lookout) Waiting(source string) (string, error) {
	kept, err := l.kept()
	for _, x := range kept.stock {
		if x.Source == source && x.Status == archive.Waiting {
			return x.ID, nil
		}
	}
	return "", err
}

// Compared is what changed between two editions of a list.
type Compared struct {
	register.Difference
	Unread [2]int // elements that could not be read, of either: they were not compared
}

// Difference compares two editions of one list that are kept. One comparison runs
// at a time, and the last few are kept.
func (l *Lookout) Difference(from, to string) (Compared, error) {
	l.comparing.Lock()
	defer l.comparing.Unlock()
	for _, d := range l.compared {
		if d.From.ID == from && d.To.ID == to {
			return d, nil
		}
	}
	a, err := l.Archive.Edition(from)
	if err != nil {
		return Compared{}, err
	}
	b, err := l.Archive.Edition(to)
	if err != nil {
		return Compared{}, err
	}
	if a.Source != b.Source {
		return Compared{}, fault.New(fault.Invalid, "%s is an edition of %s, %s one of %s", from, a.Source, to, b.Source)
	}
	d := Compared{register.Diff(a, b), [2]int{len(a.Errs), len(b.Errs)}}
	l.compared = append(l.compared, d)
	if n := len(l.compared) - keptComparisons; n > 0 {
		l.compared = slices.Delete(l.compared, 0, n)
	}
	return d, nil
}

// keptComparisons is how many comparisons are kept.
const keptComparisons = 4

// Accept puts an edition in force that waits, by the word of named persons. Another
// edition than the one that waits is Conflict: nobody looked at it.
func (l *Lookout) Accept(source, edition string, word register.Accept) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	out, err := l.Archive.Accept(source, edition, word)
	if err != nil {
		return err
	}
	m, err := l.Archive.Current()
	if err != nil {
		return fmt.Errorf("accepting an edition of %s: %w", source, err)
	}
	return l.take(out.Snapshot, m.InForce)
}
