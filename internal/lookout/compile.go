package lookout

import (
	"fmt"
	"io"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/register"
	"interdict/internal/screen"
)

func buildSegment(snap register.Snapshot) (*index.Segment, error) {
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

// compile builds the index of a snapshot and keeps it.
func compile(a *archive.Archive, snap register.Snapshot) (*index.Segment, error) {
	seg, err := buildSegment(snap)
	if err != nil {
		return nil, err
	}
	head := index.Head{Profile: match.Profile(), Snapshot: snap.ID}
	return seg, a.StoreSnapshot(snap.ID, func(w io.Writer) error { return seg.Write(w, head) })
}

func engineOn(seg *index.Segment, snapshot, notice string) *screen.Engine {
	return screen.New(index.New(seg), snapshot, notice)
}

// engineOf maps the compiled form of a snapshot. The map stays for the life of
// the process: answers point into it.
func (l *Lookout) engineOf(snapshot string, editions map[string]string) (*screen.Engine, error) {
	m, err := l.Archive.MapSnapshot(snapshot)
	if err != nil {
		return nil, err
	}
	seg, head, err := index.Open(m.Bytes)
	if err == nil && head != (index.Head{Profile: match.Profile(), Snapshot: snapshot}) {
		err = fault.New(fault.Conflict, "the index is of profile %s and snapshot %s", head.Profile, head.Snapshot)
	}
	if err != nil {
		m.Close()
		return nil, fmt.Errorf("opening the index of snapshot %s: %w", snapshot, err)
	}
	return engineOn(seg, snapshot, l.Notice(editions)), nil
}
