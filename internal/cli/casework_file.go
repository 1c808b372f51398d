package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"

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

// fetch writes what stands at an address to a file, else to standard output.
func fetch(ctx context.Context, c *call, r *remote, path, purpose, out string) error {
	to, err := newFile(out, 0o600)
	if err != nil {
		return err
	}
	defer to.drop()
	text, err := r.get(ctx, path, purpose)
	if err != nil {
		return err
	}
	if to.file != nil {
		return to.fill(text)
	}
	_, err = c.out.Write(text)
	return err
}
