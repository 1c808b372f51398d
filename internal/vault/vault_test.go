package vault_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/vault"
)

// drawer is a key store in memory.
type drawer struct {
	mu   sync.Mutex
	kept map[string][]byte
}

func (d *drawer) Key(_ context.Context, subject string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.kept[subject]; ok {
		return k, nil
	}
	return nil, fault.New(fault.NotFound, "nothing kept")
}

func (d *drawer) Add(_ context.Context, subject string, wrapped []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.kept[subject]; ok {
		return fault.New(fault.Conflict, "kept already")
	}
	d.kept[subject] = wrapped
	return nil
}

func (d *drawer) Replace(_ context.Context, subject string, wrapped []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.kept[subject]; !ok {
		return fault.New(fault.NotFound, "nothing kept")
	}
	d.kept[subject] = wrapped
	return nil
}

func open(t *testing.T, maxBytes int) (*vault.Vault, *drawer) {
	t.Helper()
	master, err := vault.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	d := &drawer{kept: map[string][]byte{}}
	v, err := vault.New(master, d, maxBytes)
	if err != nil {
		t.Fatal(err)
	}
	return v, d
}

func order() vault.Erasure {
	return vault.Erasure{By: "m-1", Second: "m-2", Reason: "court order 17/2026", At: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)}
}

func TestTheOriginalBytesComeBack(t *testing.T) {
	v, _ := open(t, 1<<20)
	rapid.Check(t, func(rt *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(rt, "plain")
		s, err := v.Seal(t.Context(), "dossier/"+rapid.StringMatching(`[a-c]`).Draw(rt, "id"), plain)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := v.Open(t.Context(), s)
		if err != nil {
			rt.Fatal(err)
		}
		if !bytes.Equal(got, plain) {
			rt.Errorf("%d bytes came back as %d others", len(plain), len(got))
		}
	})
}

func TestEqualThingsHaveDifferentHashes(t *testing.T) {
	v, _ := open(t, 100)
	a, err := v.Seal(t.Context(), "material/M1", []byte("Max Muster"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := v.Seal(t.Context(), "material/M1", []byte("Max Muster"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash == b.Hash || bytes.Equal(a.Cipher, b.Cipher) {
		t.Error("who knows the name can find it by its hash")
	}
}

func TestEveryFlippedByteIsFound(t *testing.T) {
	v, d := open(t, 1<<20)
	s, err := v.Seal(t.Context(), "material/M1", []byte("the article"))
	if err != nil {
		t.Fatal(err)
	}
	flipped := 0
	spoilt := func(what string, b []byte) {
		for i := range b {
			b[i] ^= 1
			if _, err := v.Open(t.Context(), s); err == nil {
				t.Errorf("%s: byte %d flipped and not found by opening", what, i)
			}
			b[i] ^= 1
			flipped++
		}
	}
	spoilt("cipher", s.Cipher)
	spoilt("hash", s.Hash[:])
	spoilt("key", d.kept["material/M1"])

	digest := s.Digest()
	subject := []byte(s.Subject)
	for _, b := range [][]byte{s.Cipher, s.Hash[:], subject} {
		for i := range b {
			b[i] ^= 1
			s.Subject = string(subject)
			if s.Digest() == digest {
				t.Errorf("byte %d of %q flipped and not found by the digest", i, b)
			}
			b[i] ^= 1
			flipped++
		}
	}
	s.Subject = string(subject)
	for n := range len(s.Cipher) {
		cut := s
		cut.Cipher = s.Cipher[:n]
		if _, err := v.Open(t.Context(), cut); fault.KindOf(err) != fault.Corrupt {
			t.Errorf("cut to %d bytes: got %v, want Corrupt", n, err)
		}
	}
	if _, err := v.Open(t.Context(), s); err != nil {
		t.Errorf("after putting everything back: %v", err)
	}
	if err := v.Erase(t.Context(), "material/M1", order()); err != nil {
		t.Fatal(err)
	}
	stone := d.kept["material/M1"]
	for i := range stone {
		stone[i] ^= 1
		if _, err := v.Tombstone(t.Context(), "material/M1"); fault.KindOf(err) != fault.Corrupt {
			t.Errorf("tombstone: byte %d flipped: got %v, want Corrupt", i, err)
		}
		stone[i] ^= 1
		flipped++
	}
	t.Logf("%d bytes flipped", flipped)
}

func TestKeysCannotBeExchanged(t *testing.T) {
	v, d := open(t, 100)
	a, err := v.Seal(t.Context(), "material/A", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Seal(t.Context(), "material/B", []byte("b")); err != nil {
		t.Fatal(err)
	}
	d.kept["material/A"], d.kept["material/B"] = d.kept["material/B"], d.kept["material/A"]
	if _, err := v.Open(t.Context(), a); fault.KindOf(err) != fault.Corrupt {
		t.Errorf("got %v, want Corrupt", err)
	}
}

func TestErasureLeavesATombstoneAndTheOthers(t *testing.T) {
	v, _ := open(t, 100)
	gone, err := v.Seal(t.Context(), "material/A", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	stays, err := v.Seal(t.Context(), "material/B", []byte("b"))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Erase(t.Context(), "material/A", order()); err != nil {
		t.Fatal(err)
	}
	all := v.OpenAll(t.Context(), []vault.Sealed{gone, stays})
	if !errors.Is(all[0].Err, vault.ErrErased) || fault.KindOf(all[0].Err) != fault.NotFound {
		t.Errorf("erased: got %v", all[0].Err)
	}
	if all[1].Err != nil || string(all[1].Plain) != "b" {
		t.Errorf("the other: got %q, %v", all[1].Plain, all[1].Err)
	}
	if got, err := v.Tombstone(t.Context(), "material/A"); err != nil || got != order() {
		t.Errorf("tombstone: got %v, %v", got, err)
	}
	if _, err := v.Seal(t.Context(), "material/A", []byte("again")); fault.KindOf(err) != fault.Conflict {
		t.Errorf("sealing for an erased subject: got %v, want Conflict", err)
	}
	if err := v.Erase(t.Context(), "material/A", order()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("erasing twice: got %v, want Conflict", err)
	}
	if _, err := v.Tombstone(t.Context(), "material/B"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("tombstone of the living: got %v, want NotFound", err)
	}
}

func TestErasureNeedsTwoPersons(t *testing.T) {
	v, _ := open(t, 100)
	s, err := v.Seal(t.Context(), "material/A", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*vault.Erasure){
		"the same twice": func(e *vault.Erasure) { e.Second = e.By },
		"nobody second":  func(e *vault.Erasure) { e.Second = "" },
		"nobody":         func(e *vault.Erasure) { e.By = "" },
		"no reason":      func(e *vault.Erasure) { e.Reason = "" },
		"no time":        func(e *vault.Erasure) { e.At = time.Time{} },
	} {
		o := order()
		spoil(&o)
		if err := v.Erase(t.Context(), "material/A", o); err == nil {
			t.Errorf("%s: erased", name)
		}
	}
	if _, err := v.Open(t.Context(), s); err != nil {
		t.Errorf("after refused erasures: %v", err)
	}
}

func TestLimitsOfSizeTypeAndName(t *testing.T) {
	v, _ := open(t, 10)
	if _, err := v.Seal(t.Context(), "material/A", make([]byte, 11)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("eleven bytes of ten: got %v", err)
	}
	if _, err := v.Seal(t.Context(), "material/A", make([]byte, 10)); err != nil {
		t.Errorf("ten bytes of ten: got %v", err)
	}
	for _, subject := range []string{"", "a b", "a\n", "д"} {
		if _, err := v.Seal(t.Context(), subject, nil); fault.KindOf(err) != fault.Invalid {
			t.Errorf("subject %q: got %v, want Invalid", subject, err)
		}
	}
	for _, c := range []struct {
		media, content string
		fine           bool
	}{
		{"application/pdf", "%PDF-1.7", true},
		{"application/pdf", "MZ\x90\x00", false},
		{"text/plain; charset=utf-8", "текст", true},
		{"Text/Plain", "\xff\xfes\x00", true},
		{"text/plain", "MZ\x90\x00", false},
		{"image/png", "\xff\xd8\xff", false},
		{"image/tiff", "MM\x00*", true},
		{"application/x-msdownload", "MZ", false},
		{"", "", false},
	} {
		_, err := v.SealEvidence(t.Context(), "material/A", c.media, []byte(c.content))
		if c.fine != (err == nil) || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s %q: got %v", c.media, c.content, err)
		}
	}
	if !slices.IsSorted(vault.Types()) {
		t.Error("types out of order")
	}
}

func TestAWrongMasterOpensNothing(t *testing.T) {
	v, d := open(t, 10)
	s, err := v.Seal(t.Context(), "material/A", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := vault.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	w, err := vault.New(other, d, 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Open(t.Context(), s); fault.KindOf(err) != fault.Corrupt || fault.Hints(err) == "" {
		t.Errorf("got %v, want Corrupt with a hint", err)
	}
	if _, err := vault.New("nonsense", d, 10); fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v, want Invalid", err)
	}
}

func TestManyMakeOneKey(t *testing.T) {
	v, d := open(t, 10)
	var wg sync.WaitGroup
	sealed := make([]vault.Sealed, 8)
	for i := range sealed {
		wg.Go(func() {
			s, err := v.Seal(t.Context(), "material/A", []byte{byte(i)})
			if err != nil {
				t.Error(err)
			}
			sealed[i] = s
		})
	}
	wg.Wait()
	for i, o := range v.OpenAll(t.Context(), sealed) {
		if o.Err != nil || !bytes.Equal(o.Plain, []byte{byte(i)}) {
			t.Errorf("%d: %v %v", i, o.Plain, o.Err)
		}
	}
	if len(d.kept) != 1 {
		t.Errorf("%d keys", len(d.kept))
	}
}
