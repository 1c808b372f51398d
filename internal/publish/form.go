package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/fault"
)

// Names of what stands in the folder.
const (
	CheckpointFile = "checkpoint" // signed note (C2SP tlog-checkpoint)
	Snapshot       = "snapshot.jsonl"
	Delta          = "delta.jsonl"
	Notices        = "notices.txt"
	XML            = "list.xml"
	FTM            = "entities.ftm.json"
	CSV            = "list.csv"
)

// tileHeight is that of C2SP tlog-tiles: 256 hashes or entries a tile.
const tileHeight = 8

// Manifest is one entry of the log: what an edition holds and when it was
// decided and published.
type Manifest struct {
	Form     int       `json:"interdict_edition"` // 1
	Sequence int64     `json:"sequence"`          // place in the log, from 0
	At       time.Time `json:"at"`                // published, by the authority's clock
	Decided  time.Time `json:"decided,omitzero"`  // of what changed, the earliest
	Changed  int       `json:"changed"`           // entries that are new or other than in the edition before
	Entries  int       `json:"entries"`
	Files    []File    `json:"files"`
}

// File is a file of an edition.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// Path returns where the file stands in the folder: by its hash, so that what
// was read once never changes.
func (f File) Path() string { return "file/" + f.SHA256 + path.Ext(f.Name) }

// Check returns Corrupt unless these are the bytes of the file.
func (f File) Check(b []byte) error {
	sum := sha256.Sum256(b)
	if int64(len(b)) != f.Size || hex.EncodeToString(sum[:]) != f.SHA256 {
		return fault.New(fault.Corrupt, "%s is not the file that was signed: %d bytes with SHA-256 %x, want %d with %s", f.Name, len(b), sum, f.Size, f.SHA256)
	}
	return nil
}

// File returns the file of a name.
func (m Manifest) File(name string) (File, error) {
	for _, f := range m.Files {
		if f.Name == name {
			return f, nil
		}
	}
	return File{}, fault.New(fault.NotFound, "edition %d has no %s", m.Sequence, name)
}

// ReadManifest reads the entry at a place of the log. Anything that is not the
// manifest of that place is Corrupt.
func ReadManifest(text []byte, sequence int64) (Manifest, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	var m Manifest
	if err := d.Decode(&m); err != nil {
		return m, fault.New(fault.Corrupt, "reading the manifest of edition %d: %w", sequence, err)
	}
	if m.Form != 1 || m.Sequence != sequence {
		return m, fault.New(fault.Corrupt, "edition %d: the entry is of form %d and sequence %d", sequence, m.Form, m.Sequence)
	}
	for _, f := range m.Files {
		if raw, err := hex.DecodeString(f.SHA256); err != nil || len(raw) != sha256.Size || f.SHA256 != strings.ToLower(f.SHA256) || f.Size < 0 || f.Name != path.Base(f.Name) {
			return m, fault.New(fault.Corrupt, "edition %d: file %q of hash %q and %d bytes", sequence, f.Name, f.SHA256, f.Size)
		}
	}
	return m, nil
}

// EntryPath returns where the entry at a place of the log stands by itself,
// beside its bundle: a reader who wants one need not fetch 256.
func EntryPath(sequence int64) string { return "edition/" + strconv.FormatInt(sequence, 10) }

// TilePath returns where a tile of the log stands (C2SP tlog-tiles).
func TilePath(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), "tile/8/")
	if rest, ok := strings.CutPrefix(p, "data/"); ok {
		p = "entries/" + rest
	}
	return "tile/" + p
}
