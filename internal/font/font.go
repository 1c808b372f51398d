// Package font finds the fonts of this machine, or of a folder, for paper.
//
// It promises: the same folders give the same fonts in the same order; a file
// that is no font, or broken, is passed over. It reads a font's tables when the
// font is first used, and keeps them.
//
// It never writes, never fetches a font, and never follows a link out of a folder.
package font

import (
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

	"interdict/internal/fault"
	"interdict/internal/paper"
)

// Find returns a function that finds the fonts of a folder, of the system if none
// is named, when it is first called, and keeps them; until some are found it
// looks again.
func Find(folder string) func() (*paper.Fonts, error) {
	var mu sync.Mutex
	var kept *paper.Fonts
	return func() (_ *paper.Fonts, err error) {
		mu.Lock()
		defer mu.Unlock()
		if kept == nil {
			if folder == "" {
				kept, err = System()
			} else {
				kept, err = In(folder)
			}
		}
		return kept, err
	}
}

// System returns the fonts in the usual folders of this system.
func System() (*paper.Fonts, error) {
	folders, err := fontscan.DefaultFontDirectories(log.New(io.Discard, "", 0))
	if err != nil {
		return nil, fault.Hint(fault.As(fault.Unavailable, fmt.Errorf("looking for fonts: %w", err)), "name a folder of fonts")
	}
	return In(folders...)
}

// In returns the fonts in folders and the folders below them.
func In(folders ...string) (*paper.Fonts, error) {
	var all []*paper.Font
	for _, path := range files(folders) {
		found, err := scan(path)
		if err != nil {
			continue // a broken font file is no reason to print nothing
		}
		all = append(all, found...)
	}
	fonts, err := paper.Order(all)
	if err != nil {
		return nil, fmt.Errorf("looking for fonts in %s: %w", strings.Join(folders, ", "), err)
	}
	return fonts, nil
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
