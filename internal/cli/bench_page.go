package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// figureFiles are a page and a file of figures that are made before the work
// that fills them, so that nothing is written over.
type figureFiles struct{ page, figures *place }

// newPack makes NAME.html and NAME.json in a folder; without a folder, none.
func newPack(folder, name string) (f figureFiles, err error) {
	if folder == "" {
		return f, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return f, inputError(err)
	}
	if f.page, err = newFile(filepath.Join(folder, name+".html"), 0o644); err != nil {
		return f, err
	}
	if f.figures, err = newFile(filepath.Join(folder, name+".json"), 0o644); err != nil {
		f.drop()
	}
	return f, err
}

// drop leaves nothing behind that was not filled.
func (f figureFiles) drop() {
	for _, p := range []*place{f.page, f.figures} {
		if p != nil {
			p.drop()
		}
	}
}

// write fills both files, if there are any.
func (f figureFiles) write(page func(io.Writer) error, figures any) error {
	if f.page == nil {
		return nil
	}
	return errors.Join(f.page.written(page), f.figures.written(func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		if err := enc.Encode(figures); err != nil {
			return fmt.Errorf("writing the figures: %w", err)
		}
		return nil
	}))
}
