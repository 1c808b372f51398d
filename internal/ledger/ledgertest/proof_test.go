package ledgertest_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/vault"
)

func (w *world) checkpoint(t *testing.T) ledger.Checkpoint {
	t.Helper()
	h, err := w.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := ledger.OpenCheckpoint(h.Checkpoint, w.verifier)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func plain(hashes []tlog.Hash) [][]byte {
	var out [][]byte
	for _, h := range hashes {
		out = append(out, h[:])
	}
	return out
}

func receipts(t *testing.T, p place) {
	w := found(t, p)
	_, err := w.Receipt(t.Context(), 0)
	wantKind(t, "a receipt of the empty ledger", err, fault.NotFound)
	const n = 21 // not a power of two, more than one level
	w.fill(t, n)
	_, stranger, err := ledger.NewKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ledger.NewVerifier(stranger)
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(n) {
		r, err := w.Receipt(t.Context(), i)
		if err != nil {
			t.Fatal(err)
		}
		text := r.Text()
		_, e, c, err := ledger.VerifyReceipt(text, w.verifier)
		if err != nil || c.Size != n || e.Command == "" {
			t.Fatalf("receipt %d: %+v, %v", i, e, err)
		}
		leaf := rfc6962.DefaultHasher.HashLeaf(e.Encode())
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(i), uint64(c.Size), leaf, plain(r.Proof), c.Root[:]); err != nil {
			t.Errorf("receipt %d by the other verifier: %v", i, err)
		}
		if _, _, _, err := ledger.VerifyReceipt(text, other); fault.KindOf(err) != fault.Invalid {
			t.Errorf("receipt %d under a stranger's key: %v", i, err)
		}
		if i != 13 {
			continue
		}
		for at := range text {
			bad := bytes.Clone(text)
			bad[at] ^= 1
			if _, _, _, err := ledger.VerifyReceipt(bad, w.verifier); err == nil {
				t.Errorf("receipt holds with byte %d changed", at)
			}
		}
	}
	_, err = w.Receipt(t.Context(), n)
	wantKind(t, "a receipt of what is not there", err, fault.NotFound)
}

func consistency(t *testing.T, p place) {
	w := found(t, p)
	const n = 19
	var points []ledger.Checkpoint
	for i := range n {
		w.append(t, w.draft(t, "dossier/d1", uint64(i+1), "c-"+string(rune('a'+i)), "x"))
		points = append(points, w.checkpoint(t))
	}
	for i, old := range points {
		for _, now := range points[i:] {
			tree, err := ledger.ProveConsistency(t.Context(), w, old.Size, now.Size)
			if err != nil {
				t.Fatal(err)
			}
			if err := ledger.CheckConsistency(old, now, tree); err != nil {
				t.Errorf("%d and %d: %v", old.Size, now.Size, err)
			}
			err = proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(old.Size), uint64(now.Size), plain(tree), old.Root[:], now.Root[:])
			if err != nil {
				t.Errorf("%d and %d by the other verifier: %v", old.Size, now.Size, err)
			}
			forged := old
			forged.Root[0] ^= 1
			wantKind(t, "a forged beginning", ledger.CheckConsistency(forged, now, tree), fault.Invalid)
		}
	}
	if r, err := w.check(t, points...); err != nil || r.Checkpoint != points[n-1] {
		t.Errorf("verified %+v, %v", r, err)
	}
	_, err := ledger.ProveConsistency(t.Context(), w, 3, 99)
	wantKind(t, "consistency with what is not there", err, fault.NotFound)
	_, err = ledger.ProveConsistency(t.Context(), w, 4, 3)
	wantKind(t, "consistency backwards", err, fault.Invalid)
}

// erasure destroys the key of one subject, and looks for it on the disk.
func erasure(t *testing.T, p place) {
	w := found(t, p)
	w.fill(t, 6)
	keys, err := p.keys(t.Context()) // as another process would
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	wrapped, err := keys.Key(t.Context(), "dossier/d1")
	if err != nil {
		t.Fatal(err)
	}
	if engine, dir := p.cut(); engine == "sqlite" && !onDisk(t, dir, wrapped) {
		t.Fatal("a living key is not found on the disk: this test looks wrongly")
	}
	order := vault.Erasure{By: "m-1", Second: "m-2", Reason: "court order 17/2026", At: noon.Add(time.Hour)}
	if err := w.vault.Erase(t.Context(), "dossier/d1", order); err != nil {
		t.Fatal(err)
	}
	for stream, want := range map[string]error{"dossier/d0": nil, "dossier/d1": vault.ErrErased, "dossier/d2": nil} {
		all, err := w.Stream(t.Context(), stream, 0)
		if err != nil || len(all) != 2 {
			t.Fatalf("%s: %d events, %v", stream, len(all), err)
		}
		for _, h := range all {
			if _, err := w.vault.Open(t.Context(), h.Body); !errors.Is(err, want) {
				t.Errorf("entry %d of %s: %v, want %v", h.Index, stream, err, want)
			}
		}
	}
	if got, err := w.vault.Tombstone(t.Context(), "dossier/d1"); err != nil || got != order {
		t.Errorf("tombstone %+v, %v", got, err)
	}
	if r, err := w.check(t); err != nil || r.Entries != 6 {
		t.Errorf("verified after erasure: %+v, %v", r, err)
	}
	if engine, dir := p.cut(); engine == "sqlite" && onDisk(t, dir, wrapped) {
		t.Error("the destroyed key is still on the disk")
	}
	_, err = keys.Key(t.Context(), "dossier/d9")
	wantKind(t, "a key that nobody made", err, fault.NotFound)
	wantKind(t, "a second key", keys.Add(t.Context(), "dossier/d0", []byte("x")), fault.Conflict)
	wantKind(t, "replacing no key", keys.Replace(t.Context(), "dossier/d9", []byte("x")), fault.NotFound)
}

// onDisk reports whether a file in dir holds the bytes.
func onDisk(t *testing.T, dir string, want []byte) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		found = found || bytes.Contains(text, want)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
