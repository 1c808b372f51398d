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

// Build builds the index of a snapshot.
func Build(snap register.Snapshot) (*index.Segment, error) {
	id := snap.ID
	subjects, err := screen.Subjects(snap)
	if err != nil {
		return nil, err
	}
	seg, err := index.Build(subjects) // the snapshot is needed no longer, and may go
	if err != nil {
		return nil, fmt.Errorf("building the index of snapshot %s: %w", id, err)
	}
	return seg, nil
}

// Compile builds the index of a snapshot and keeps it in the archive.
func Compile(a *archive.Archive, snap register.Snapshot) (*index.Segment, error) {
	id := snap.ID
	seg, err := Build(snap)
	if err != nil {
		return nil, err
	}
	head := index.Head{Profile: match.Profile(), Snapshot: id}
	return seg, a.StoreSnapshot(id, func(w io.Writer) error { return seg.Write(w, head) })
}

// Map maps the compiled form of a snapshot. NotFound, Conflict and Corrupt say
// that it must be compiled anew. Answers point into the map: close it last.
func Map(a *archive.Archive, snapshot string) (*archive.Mapped, *index.Segment, error) {
	m, err := a.MapSnapshot(snapshot)
	if err != nil {
		return nil, nil, err
	}
	seg, head, err := index.Open(m.Bytes)
	if err == nil && head != (index.Head{Profile: match.Profile(), Snapshot: snapshot}) {
		err = fault.New(fault.Conflict, "the index is of profile %s and snapshot %s", head.Profile, head.Snapshot)
	}
	if err != nil {
		m.Close()
		return nil, nil, fmt.Errorf("opening the index of snapshot %s: %w", snapshot, err)
	}
	return m, seg, nil
}

func engineOn(seg *index.Segment, snapshot, notice string) *screen.Engine {
	return screen.New(index.New(seg), snapshot, notice)
}

// engineOf maps the compiled form of a snapshot. The map stays for the life of
// the process: answers point into it.
func (l *Lookout) engineOf(snapshot string, editions map[string]string) (*screen.Engine, error) {
	_, seg, err := Map(l.Archive, snapshot)
	if err != nil {
		return nil, err
	}
	return engineOn(seg, snapshot, l.Notice(editions)), nil
}
