package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"interdict/internal/fault"
)

func (f *Feed) read(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(name)))
}

// put writes a file whole and durable in the place of the one that is there. One
// of the same bytes stays.
func (f *Feed) put(name string, b []byte) error {
	if err := f.step(name); err != nil {
		return err
	}
	return Place(f.dir, name, b)
}

// Place writes a file of a folder so that its name never shows half of it.
func Place(dir, name string, b []byte) error {
	file := filepath.Join(dir, filepath.FromSlash(name))
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, b) {
		return nil
	}
	return fresh(file, b, func(temp string) error { return os.Rename(temp, file) })
}

// claim writes a file that must not be there; false if it is.
func (f *Feed) claim(name string, b []byte) (bool, error) {
	if err := f.step(name); err != nil {
		return false, err
	}
	file := filepath.Join(f.dir, filepath.FromSlash(name))
	err := fresh(file, b, func(temp string) error {
		defer os.Remove(temp)
		return os.Link(temp, file)
	})
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// fresh writes a temporary file, synced, and lets it take its name.
func fresh(file string, b []byte, take func(temp string) error) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return unwritten(file, err)
	}
	t, err := os.CreateTemp(filepath.Dir(file), ".new-")
	if err != nil {
		return unwritten(file, err)
	}
	_, err = t.Write(b)
	if err = errors.Join(err, t.Chmod(0o644), t.Sync(), t.Close()); err == nil {
		err = take(t.Name())
	}
	if err != nil {
		_ = os.Remove(t.Name()) // what is left there is read by nobody
		return unwritten(file, err)
	}
	return unwritten(file, syncDir(filepath.Dir(file)))
}

func unwritten(file string, err error) error {
	if err == nil {
		return nil
	}
	return fault.As(fault.Unavailable, fmt.Errorf("writing %s: %w", file, err))
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" { // has no handle to a folder that can be synced
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Copy copies what is published to another folder, the checkpoint last, so that
// a stopped copy leaves what was there before. It returns the number of
// editions.
func (f *Feed) Copy(dir string) (int64, error) {
	names, err := f.paths()
	if err != nil {
		return 0, err
	}
	size := f.Size()
	for _, name := range names {
		b, err := f.read(name)
		if err == nil {
			err = Place(dir, name, b)
		}
		if err != nil {
			return 0, fmt.Errorf("copying the published list: %w", err)
		}
	}
	return size, nil
}
