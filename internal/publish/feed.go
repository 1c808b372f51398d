package publish

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/fault"
	"interdict/internal/ledger"
)

// Feed is the folder of the published list. It is safe for concurrent use; two
// processes may publish in one folder.
type Feed struct {
	dir    string
	signer note.Signer
	key    note.Verifier
	public string                  // of the signer, as people copy it
	step   func(name string) error // called before each step of a publication; tests stop here

	mu    sync.Mutex
	size  int64         // editions that the checkpoint covers
	nodes []tlog.Hash   // of the tree, by their stored index
	last  Manifest      // of the last edition, if there is one
	woken chan struct{} // closed and renewed at each new checkpoint
	ended bool
}

// Open opens the folder, made if it is not there, and finishes what a stopped
// process began. The signer is that of the list and of nothing else. A folder
// whose checkpoint and entries do not belong together is Corrupt.
func Open(dir, signer string) (*Feed, error) {
	s, v, err := ledger.NewSigner(signer)
	if err != nil {
		return nil, fmt.Errorf("opening the published list: %w", err)
	}
	public, err := ledger.VerifierKey(signer)
	if err != nil {
		return nil, fmt.Errorf("opening the published list: %w", err)
	}
	f := &Feed{dir: dir, signer: s, key: v, public: public, step: func(string) error { return nil }, woken: make(chan struct{})}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.catchUp(); err != nil {
		return nil, fmt.Errorf("opening the published list in %s: %w", dir, err)
	}
	return f, nil
}

// Publish publishes the list as it stands, and returns the manifest of the last
// edition. A list that is as it was makes no new one.
func (f *Feed) Publish(i Issue, at time.Time) (Manifest, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		claimed, err := f.publish(i, at.UTC())
		if err != nil {
			return Manifest{}, fmt.Errorf("publishing the list: %w", err)
		}
		if claimed {
			return f.last, nil
		}
	}
}

// publish makes the next edition, false if another process was first.
func (f *Feed) publish(i Issue, at time.Time) (claimed bool, err error) {
	if err := f.catchUp(); err != nil {
		return false, err
	}
	before, err := f.snapshot()
	if err != nil {
		return false, err
	}
	if at.Before(f.last.At) {
		at = f.last.At // a clock that was set back does not turn the order of editions
	}
	c, changed, err := contentOf(i, before, f.size, at)
	if err != nil || !changed {
		return err == nil, err
	}
	for _, file := range c.manifest.Files {
		if err := f.put(file.Path(), c.files[file.Name]); err != nil {
			return false, err
		}
	}
	entry, err := json.Marshal(c.manifest)
	if err != nil {
		return false, err
	}
	if claimed, err = f.claim(EntryPath(f.size), entry); err != nil || !claimed {
		return false, err
	}
	return true, f.catchUp()
}

// catchUp reads what is there and signs a checkpoint over every edition that was
// claimed: their manifests are the truth, tiles and checkpoint follow from them.
func (f *Feed) catchUp() error {
	signed, err := f.checkpoint()
	if err != nil {
		return err
	}
	for n := f.size; ; n++ {
		entry, err := f.read(EntryPath(n))
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return err
		}
		if f.last, err = ReadManifest(entry, n); err != nil {
			return err
		}
		hashes, err := tlog.StoredHashes(n, entry, tlog.HashReaderFunc(f.readNodes))
		if err != nil {
			return err
		}
		f.nodes, f.size = append(f.nodes, hashes...), n+1
	}
	if signed != nil && signed.Size > f.size {
		return fault.New(fault.Corrupt, "the checkpoint covers %d editions, %d are there", signed.Size, f.size)
	}
	covered := int64(0)
	if signed != nil {
		if root, err := tlog.TreeHash(signed.Size, tlog.HashReaderFunc(f.readNodes)); err != nil || root != signed.Root {
			return fault.New(fault.Corrupt, "the first %d editions are not those that were signed: %w", signed.Size, err)
		}
		covered = signed.Size
	}
	if signed != nil && covered == f.size {
		return nil
	}
	return f.cover(covered)
}

// cover writes tiles, bundles and checkpoint over all editions from one on.
func (f *Feed) cover(from int64) error {
	reader := tlog.HashReaderFunc(f.readNodes)
	for _, t := range tlog.NewTiles(tileHeight, from, f.size) {
		data, err := tlog.ReadTileData(t, reader)
		if err != nil {
			return err
		}
		if err := f.put(TilePath(t), data); err != nil {
			return err
		}
	}
	for n := from &^ (1<<tileHeight - 1); n < f.size; n += 1 << tileHeight {
		if err := f.bundle(n, min(n+1<<tileHeight, f.size)); err != nil {
			return err
		}
	}
	root, err := tlog.TreeHash(f.size, reader)
	if err != nil {
		return err
	}
	signed, err := ledger.Checkpoint{Origin: f.signer.Name(), Size: f.size, Root: root}.Sign(f.signer)
	if err != nil {
		return err
	}
	if err := f.put(CheckpointFile, signed); err != nil {
		return err
	}
	if !f.ended {
		close(f.woken)
		f.woken = make(chan struct{})
	}
	return f.latest()
}

// bundle writes the entries of a tile, each behind its length.
func (f *Feed) bundle(from, to int64) error {
	var b bytes.Buffer
	for n := from; n < to; n++ {
		entry, err := f.read(EntryPath(n))
		if err != nil {
			return err
		}
		if len(entry) > 1<<16-1 {
			return fault.New(fault.Internal, "the manifest of edition %d has %d bytes, more than a bundle takes", n, len(entry))
		}
		b.Write(binary.BigEndian.AppendUint16(nil, uint16(len(entry))))
		b.Write(entry)
	}
	return f.put(TilePath(tlog.Tile{H: tileHeight, L: -1, N: from >> tileHeight, W: int(to - from)}), b.Bytes())
}

// latest lays the files of the last edition under names that do not change, for
// people and for programs that verify nothing.
func (f *Feed) latest() error {
	for _, file := range f.last.Files {
		text, err := f.read(file.Path())
		if err == nil {
			err = f.put("latest/"+file.Name, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkpoint reads our own checkpoint, nil if there is none.
func (f *Feed) checkpoint() (*ledger.Checkpoint, error) {
	text, err := f.read(CheckpointFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := ledger.OpenCheckpoint(text, f.key)
	if err != nil {
		return nil, fault.As(fault.Corrupt, err)
	}
	return &c, nil
}

// snapshot returns that of the last edition, none before the first.
func (f *Feed) snapshot() ([]byte, error) {
	if f.size == 0 {
		return nil, nil
	}
	file, err := f.last.File(Snapshot)
	if err != nil {
		return nil, err
	}
	text, err := f.read(file.Path())
	if err != nil {
		return nil, err
	}
	return text, file.Check(text)
}

func (f *Feed) readNodes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		if n < 0 || n >= int64(len(f.nodes)) {
			return nil, fmt.Errorf("no node %d of %d", n, len(f.nodes))
		}
		out[i] = f.nodes[n]
	}
	return out, nil
}

// Editions returns the manifests from a sequence on.
func (f *Feed) Editions(from int64) ([]Manifest, error) {
	f.mu.Lock()
	size := f.size
	f.mu.Unlock()
	var all []Manifest
	for n := from; n < size; n++ {
		entry, err := f.read(EntryPath(n))
		if err != nil {
			return nil, fmt.Errorf("reading edition %d: %w", n, err)
		}
		m, err := ReadManifest(entry, n)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// Size returns how many editions are published.
func (f *Feed) Size() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.size
}

// Dir returns the folder.
func (f *Feed) Dir() string { return f.dir }

// Verifier returns who signs the checkpoints.
func (f *Feed) Verifier() note.Verifier { return f.key }

// VerifierKey returns the key of whoever signs the checkpoints, as people copy it.
func (f *Feed) VerifierKey() string { return f.public }

// Checkpoint returns the signed note of the last checkpoint, "" before the first.
func (f *Feed) Checkpoint() (string, error) {
	text, err := f.read(CheckpointFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(text), err
}

// paths returns every file that the checkpoint covers, the checkpoint last.
func (f *Feed) paths() ([]string, error) {
	editions, err := f.Editions(0)
	if err != nil {
		return nil, err
	}
	size := int64(len(editions))
	all := map[string]bool{}
	for _, m := range editions {
		all[EntryPath(m.Sequence)] = true
		for _, file := range m.Files {
			all[file.Path()] = true
		}
	}
	for _, t := range tlog.NewTiles(tileHeight, 0, size) {
		all[TilePath(t)] = true
		if t.L == 0 {
			t.L = -1
			all[TilePath(t)] = true
		}
	}
	out := slices.SortedFunc(maps.Keys(all), strings.Compare)
	if size > 0 {
		for _, file := range editions[size-1].Files {
			out = append(out, "latest/"+file.Name)
		}
	}
	return append(out, CheckpointFile), nil
}
