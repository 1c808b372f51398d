package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"interdict/internal/fault"
)

// place is a file that is written once: it is made before the work that fills
// it, so that it is known that it can be.
type place struct {
	file *os.File // nil: none is wanted
	full bool
}

func newFile(name string, mode fs.FileMode) (*place, error) {
	if name == "" {
		return &place{}, nil
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, fault.As(fault.Invalid, fmt.Errorf("making a file: %w", err))
	}
	return &place{file: f}, nil
}

func (p *place) fill(text []byte) error {
	_, err := p.file.Write(text)
	p.full = err == nil
	return err
}

// written fills the file by what writes it.
func (p *place) written(write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return p.fill(b.Bytes())
}

// drop ends the writing; what was not filled is not left behind.
func (p *place) drop() {
	if p.file == nil {
		return
	}
	if err := p.file.Close(); err != nil || !p.full {
		os.Remove(p.file.Name())
	}
}

func fetchReceipt(ctx context.Context, r *remote, index int64, to *place) error {
	text, err := r.get(ctx, fmt.Sprint("/v1/receipts/", index), "")
	if err != nil {
		return err
	}
	return to.fill(text)
}

// fetch writes what stands at an address to a file, else to standard output. The
// file is there when it is whole, and is never one that was there before.
func fetch(ctx context.Context, c *call, r *remote, path, purpose, out string) error {
	if out == "" {
		return r.copy(ctx, path, purpose, c.out)
	}
	if _, err := os.Lstat(out); err == nil {
		return isThere(out)
	}
	f, err := os.CreateTemp(filepath.Dir(out), ".new-") // nobody else may read it
	if err != nil {
		return fault.As(fault.Invalid, fmt.Errorf("making a file: %w", err))
	}
	defer os.Remove(f.Name())
	if err := r.copy(ctx, path, purpose, f); err != nil {
		return errors.Join(err, f.Close())
	}
	err = errors.Join(f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), out)
	}
	if errors.Is(err, fs.ErrExist) {
		return isThere(out)
	}
	return fault.As(fault.Unavailable, err)
}

func isThere(file string) error {
	return fault.Hint(fault.New(fault.Conflict, "%s is there already", file), "name another file")
}
