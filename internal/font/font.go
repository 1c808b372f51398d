// Package font finds the fonts of this machine, or of a folder, for paper.
//
// It promises: the same folders give the same fonts in the same order; a file
// that is no font, or broken, is passed over; there is always a font for Latin,
// Greek and Cyrillic, for two come with the program. It reads a font's tables
// when the font is first used, and keeps them.
//
// It never writes, never fetches a font, and never follows a link in a folder; the
// folder itself may be one.
package font

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"interdict/internal/fault"
	"interdict/internal/paper"
)

// Find returns a function that finds the fonts of a folder, of the system if none
// is named, when it is first called, and keeps them.
func Find(folder string) func() (*paper.Fonts, error) {
	return sync.OnceValues(func() (*paper.Fonts, error) {
		if folder == "" {
			return System()
		}
		return In(folder)
	})
}

// Check returns Invalid if a folder is named that cannot be read.
func Check(folder string) error {
	if folder == "" {
		return nil
	}
	if _, err := os.ReadDir(folder); err != nil {
		return fault.As(fault.Invalid, fmt.Errorf("looking for fonts: %w", err))
	}
	return nil
}

// System returns the fonts in the usual folders of this system.
func System() (*paper.Fonts, error) {
	folders, err := fontscan.DefaultFontDirectories(log.New(io.Discard, "", 0))
	if err != nil {
		folders = nil // there is none: ours are left
	}
	return In(folders...)
}

// In returns the fonts in folders and the folders below them, and after them ours.
func In(folders ...string) (*paper.Fonts, error) {
	var all []*paper.Font
	var found []string
	for _, folder := range folders {
		path, err := filepath.EvalSymlinks(folder) // a link is not walked
		if err != nil {
			return nil, fault.As(fault.Invalid, fmt.Errorf("looking for fonts: %w", err))
		}
		found = append(found, path)
	}
	for _, path := range files(found) {
		found, err := scan(path)
		if err != nil {
			continue // a broken font file is no reason to print nothing
		}
		all = append(all, found...)
	}
	for _, file := range [][]byte{goregular.TTF, gobold.TTF} {
		found, err := paper.Scan(bytes.NewReader(file), func(use func(opentype.Resource) error) error { return use(bytes.NewReader(file)) })
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return paper.Order(all)
}

// files lists the font files, each once, in the order of their paths.
func files(folders []string) []string {
	var out []string
	for _, folder := range folders {
		filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // a folder that cannot be read has no fonts for us
			}
			if d.Type().IsRegular() && slices.Contains([]string{".ttf", ".otf", ".ttc", ".otc"}, strings.ToLower(filepath.Ext(path))) {
				out = append(out, path)
			}
			return nil
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func scan(path string) (found []*paper.Font, err error) {
	use := func(do func(opentype.Resource) error) error {
		f, err := os.Open(path)
		if err != nil {
			return fault.As(fault.Unavailable, err)
		}
		defer f.Close()
		return do(f)
	}
	err = use(func(r opentype.Resource) error {
		found, err = paper.Scan(r, use)
		return err
	})
	return found, err
}
