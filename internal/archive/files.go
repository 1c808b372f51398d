package archive

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/register"
)

// Layout of the folder.
const (
	rawDir      = "raw"       // raw/ab/ab12...: a raw file by its SHA-256
	stateDir    = "states"    // states/<sha256>.json.gz
	manifestDir = "manifests" // manifests/000012-<sha256>.json
	snapshotDir = "snapshots" // snapshots/<id>.idx, compiled, can be made again
	currentFile = "current.json"
	lockFile    = "lock"
)

// pointer is the content of current.json: replacing it is the one step that
// puts something in force.
type pointer struct {
	Manifest string // path
	SHA256   string
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func joined(s []string) string { return strings.Join(s, ", ") }

func rawPath(hash string) string { return path.Join(rawDir, hash[:2], hash) }

// WriteFile writes a file of the data folder so that its name never shows
// half of it: to a temporary file, synced, renamed, the folder synced. The
// path is relative to the folder, or one that the archive itself gave.
func (a *Archive) WriteFile(name string, write func(io.Writer) error) error {
	if filepath.IsAbs(name) || strings.HasPrefix(filepath.Clean(name), filepath.Clean(a.dir)+string(filepath.Separator)) {
		rel, err := filepath.Rel(a.dir, name)
		if err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
		name = rel
	}
	if err := a.writeFile(filepath.ToSlash(name), write); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func (a *Archive) writeFile(name string, write func(io.Writer) error) error {
	root, err := a.make()
	if err != nil {
		return err
	}
	if err := root.MkdirAll(path.Dir(name), 0o750); err != nil {
		return err
	}
	f, temp, err := a.createTemp(name)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, a.root.Remove(temp))
	}
	if err := a.step("rename " + name); err != nil {
		return err
	}
	if err := a.root.Rename(temp, name); err != nil {
		return errors.Join(err, a.root.Remove(temp))
	}
	if err := a.step("sync " + name); err != nil {
		return err
	}
	return a.syncDir(path.Dir(name))
}

// createTemp makes a file beside name that no reader looks at. What a stopped
// process left there is taken for a new number, never written to.
func (a *Archive) createTemp(name string) (*os.File, string, error) {
	for n := 0; ; n++ {
		temp := fmt.Sprintf("%s.%d.tmp", name, n)
		f, err := a.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		return f, temp, err
	}
}

func (a *Archive) syncDir(name string) error {
	if runtime.GOOS == "windows" { // has no handle to a folder that can be synced
		return nil
	}
	d, err := a.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (a *Archive) writeBytes(name string, b []byte) error {
	return a.writeFile(name, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// keepRaw stores a raw file by its hash. One that lies there and is damaged
// is set aside, never overwritten.
func (a *Archive) keepRaw(b []byte) error {
	name := rawPath(hashOf(b))
	old, err := a.readFile(name)
	switch {
	case err == nil && bytes.Equal(old, b):
		return nil
	case err == nil:
		if err := a.root.Rename(name, name+".damaged-"+hashOf(old)[:8]); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return a.writeBytes(name, b)
}

// readChecked reads a file whose hash is known.
func (a *Archive) readChecked(name, hash, hint string) ([]byte, error) {
	b, err := a.readFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Hint(fault.New(fault.Corrupt, "%s is missing", name), "%s", hint)
	}
	if err != nil {
		return nil, err
	}
	if got := hashOf(b); got != hash {
		return nil, fault.Hint(fault.New(fault.Corrupt, "%s is damaged: its SHA-256 is %s", name, got), "%s", hint)
	}
	return b, nil
}

const restore = "restore the data folder from a copy; nothing was changed"

// current reads the manifest and the state in force.
func (a *Archive) current() (Manifest, register.State, error) {
	m, s, err := a.readCurrent()
	if err != nil {
		return Manifest{}, register.State{}, fmt.Errorf("reading the data folder %s: %w", a.dir, err)
	}
	return m, s, nil
}

func (a *Archive) readCurrent() (Manifest, register.State, error) {
	m, err := a.readManifest()
	if err != nil || m.Sequence == 0 {
		return m, register.NewState(), err
	}
	s, err := a.readState(m.State)
	return m, s, err
}

func (a *Archive) readManifest() (Manifest, error) {
	m := Manifest{Version: 1, Pending: map[string]Pending{}}
	b, err := a.readFile(currentFile)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	var p pointer
	if err := decode(b, &p); err != nil || len(p.SHA256) != 64 {
		return m, fault.Hint(fault.New(fault.Corrupt, "%s is damaged", currentFile), restore)
	}
	if b, err = a.readChecked(p.Manifest, p.SHA256, restore); err != nil {
		return m, err
	}
	if err := decode(b, &m); err != nil {
		return m, err
	}
	if m.Version != 1 {
		return m, fault.New(fault.Invalid, "its form %d is of a later program", m.Version)
	}
	m.self = p.SHA256
	return m, nil
}

func decode(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

func statePath(hash string) string { return path.Join(stateDir, hash+".json.gz") }

func (a *Archive) readState(hash string) (register.State, error) {
	var s register.State
	b, err := a.readChecked(statePath(hash), hash, restore)
	if err != nil {
		return s, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return s, err
	}
	d := json.NewDecoder(z)
	d.DisallowUnknownFields()
	return s, errors.Join(d.Decode(&s), z.Close())
}

func (a *Archive) writeState(s register.State) (string, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := errors.Join(json.NewEncoder(z).Encode(s), z.Close()); err != nil {
		return "", err
	}
	hash := hashOf(b.Bytes())
	if _, err := a.root.Stat(statePath(hash)); err == nil {
		return hash, nil
	}
	return hash, a.writeBytes(statePath(hash), b.Bytes())
}

// commit puts a state in force. Everything is written and synced before
// current.json, which is replaced in one step.
func (a *Archive) commit(m Manifest, s register.State) error {
	hash, err := a.writeState(s)
	if err != nil {
		return err
	}
	m.State, m.InForce = hash, s.InForce
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	p := pointer{SHA256: hashOf(b)}
	p.Manifest = path.Join(manifestDir, fmt.Sprintf("%06d-%s.json", m.Sequence, p.SHA256[:16]))
	if err := a.writeBytes(p.Manifest, b); err != nil {
		return err
	}
	if b, err = json.MarshalIndent(p, "", "  "); err != nil {
		return err
	}
	return a.writeBytes(currentFile, b)
}
