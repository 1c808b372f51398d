package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/register"
)

// builtPath is where a snapshot lies as it was built, so that looking somebody
// up need not read every list again. It can be made again from the raw files.
func builtPath(id string) string { return path.Join(snapshotDir, id+".gob.gz") }

// writeBuilt stores a snapshot before it is put in force: its SHA-256 in hex,
// a line break, and the compressed form.
func (a *Archive) writeBuilt(snap register.Snapshot) error {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if err := errors.Join(gob.NewEncoder(z).Encode(snap), z.Close()); err != nil {
		return err
	}
	return a.writeFile(builtPath(snap.ID), func(w io.Writer) error {
		if _, err := fmt.Fprintln(w, hashOf(b.Bytes())); err != nil {
			return err
		}
		_, err := b.WriteTo(w)
		return err
	})
}

// readBuilt reads a stored snapshot. The error is NotFound if there is none
// that is whole and of the form of this program: it is built again then.
func (a *Archive) readBuilt(id string) (register.Snapshot, error) {
	var snap register.Snapshot
	b, err := a.readFile(builtPath(id))
	if errors.Is(err, fs.ErrNotExist) {
		return snap, fault.As(fault.NotFound, err)
	}
	if err != nil {
		return snap, err
	}
	hash, body, _ := strings.Cut(string(b), "\n")
	if hashOf([]byte(body)) != hash {
		return snap, fault.New(fault.NotFound, "the stored snapshot %s is damaged", id)
	}
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		return snap, fault.As(fault.NotFound, err)
	}
	if err := gob.NewDecoder(bufio.NewReader(z)).Decode(&snap); err != nil || snap.ID != id {
		return snap, fault.New(fault.NotFound, "the stored snapshot %s is of another form: %v", id, err)
	}
	return snap, nil
}

// dropBuilt removes the stored snapshots but those of the given ids.
func (a *Archive) dropBuilt(keep ...string) error {
	entries, err := fs.ReadDir(a.root.FS(), snapshotDir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		id, built := strings.CutSuffix(e.Name(), ".gob.gz")
		if built && !slices.Contains(keep, id) {
			errs = append(errs, a.root.Remove(path.Join(snapshotDir, e.Name())))
		}
	}
	return errors.Join(errs...)
}
