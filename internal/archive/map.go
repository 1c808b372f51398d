package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/edsrzf/mmap-go"

	"interdict/internal/fault"
)

// Mapped is a file of the archive in memory, as the system pages it in. The
// bytes must not be used after Close.
type Mapped struct {
	Bytes []byte
	m     mmap.MMap
}

// MapSnapshot maps the compiled form of a snapshot. The error is NotFound if
// it has not been compiled, or was compiled elsewhere.
func (a *Archive) MapSnapshot(id string) (*Mapped, error) {
	f, err := os.Open(a.SnapshotPath(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "snapshot %s is not compiled", id)
	}
	if err != nil {
		return nil, fmt.Errorf("opening snapshot %s: %w", id, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("opening snapshot %s: %w", id, err)
	}
	if info.Size() == 0 {
		return nil, fault.New(fault.Corrupt, "snapshot %s is empty", id)
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("mapping snapshot %s: %w", id, err)
	}
	return &Mapped{Bytes: m, m: m}, nil
}

// Close unmaps the file.
func (m *Mapped) Close() error { return m.m.Unmap() }

// StoreSnapshot stores the compiled form of a snapshot, whole or not at all.
func (a *Archive) StoreSnapshot(id string, write func(io.Writer) error) error {
	return a.WriteFile(path.Join(snapshotDir, id+".idx"), write)
}
