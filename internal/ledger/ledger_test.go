package ledger_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/ledger"
)

func founded(t testing.TB) (*memory, note.Verifier) {
	t.Helper()
	key, _, err := ledger.NewKey(rand.Reader, "commission.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	s, v, err := ledger.NewSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	return &memory{signer: s}, v
}

func happened(n int) event.Envelope {
	return event.Envelope{
		Kind: "test.happened", Stream: fmt.Sprintf("dossier/d%d", n), Version: 1, At: time.Unix(int64(n), 0).UTC(),
		By: "m-7", Command: fmt.Sprintf("c-%d", n),
	}
}

// The ledgers here are larger than what one goroutine reads at a time (4096), so
// that pieces are joined.
func TestVerifyNamesTheFirstEntryInALargeLedger(t *testing.T) {
	const size = 2*4096 + 77
	m, v := founded(t)
	var kept []ledger.Checkpoint
	for n := range size {
		m.append(t, happened(n))
		if n%1024 == 1023 || n == 0 || n == 5000 {
			kept = append(kept, m.sign(t))
		}
	}
	now := m.sign(t)
	var last int64
	r, err := ledger.Verify(t.Context(), m, v, kept, func(done, total int64) {
		if done <= last || total != size {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil || r != (ledger.Report{Checkpoint: now, Entries: size, Sealed: size}) || last != size {
		t.Fatalf("verified %+v, %v, told of %d", r, err, last)
	}
	rapid.Check(t, func(rt *rapid.T) {
		hurt := &memory{head: m.head, entries: slices.Clone(m.entries), sealed: m.sealed, edge: m.edge}
		// The places where pieces meet come up often enough.
		at := rapid.OneOf(rapid.IntRange(0, size-1), rapid.SampledFrom([]int{0, 4095, 4096, 8191, 8192, size - 1})).Draw(rt, "entry")
		e := &hurt.entries[at]
		switch rapid.SampledFrom([]string{"leaf", "nodes", "more nodes", "fewer nodes", "stream", "version", "command", "body", "gone"}).Draw(rt, "what") {
		case "leaf":
			e.Leaf = flip(rt, e.Leaf)
		case "nodes":
			e.Nodes = flip(rt, e.Nodes)
		case "more nodes":
			e.Nodes = append(bytes.Clone(e.Nodes), 0)
		case "fewer nodes":
			e.Nodes = e.Nodes[:len(e.Nodes)-1]
		case "stream":
			e.Stream += "x"
		case "version":
			e.Version++
		case "command":
			e.Command = ""
		case "body":
			e.Body = flip(rt, e.Body)
		case "gone":
			hurt.entries = slices.Delete(hurt.entries, at, at+1)
		}
		_, err := ledger.Verify(t.Context(), hurt, v, nil, nil)
		if f, ok := ledger.IsFinding(err); !ok || f.Index != int64(at) || fault.KindOf(err) != fault.Corrupt {
			rt.Fatalf("%v, want a finding at entry %d", err, at)
		}
	})
	for i, c := range kept {
		forged := slices.Clone(kept)
		c.Root[7] ^= 1
		forged[i] = c
		_, err := ledger.Verify(t.Context(), m, v, forged, nil)
		want := fmt.Sprintf("rewritten: the first %d entries are not those of the checkpoint", c.Size)
		if f, ok := ledger.IsFinding(err); !ok || f.Problem != want {
			t.Errorf("with a forged checkpoint of %d: %v", c.Size, err)
		}
	}
}

func flip(t *rapid.T, b []byte) []byte {
	b = bytes.Clone(b)
	b[rapid.IntRange(0, len(b)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	return b
}

// What is appended while verifying goes on is not verified, and disturbs nothing.
func TestVerifyLeavesAsideWhatIsAppendedMeanwhile(t *testing.T) {
	m, v := founded(t)
	for n := range 5000 {
		m.append(t, happened(n))
	}
	m.sign(t)
	then := m.head
	for n := range 10 {
		m.append(t, happened(5000+n))
	}
	m.sign(t)
	r, err := ledger.Verify(t.Context(), &late{m, then}, v, nil, nil)
	if err != nil || r.Entries != 5000 {
		t.Errorf("verified %+v, %v", r, err)
	}
}

// late is a ledger whose head was read before the last events came.
type late struct {
	*memory
	then ledger.Head
}

func (l *late) Head(context.Context) (ledger.Head, error) { return l.then, nil }

func TestTheEdgeGrowsLikeTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leaves := rapid.SliceOfN(rapid.SliceOf(rapid.Byte()), 0, 70).Draw(t, "leaves")
		var e ledger.Edge
		var stored []tlog.Hash
		reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
			var out []tlog.Hash
			for _, i := range at {
				out = append(out, stored[i])
			}
			return out, nil
		})
		for i, leaf := range leaves {
			want, err := tlog.StoredHashes(int64(i), leaf, reader)
			if err != nil {
				t.Fatal(err)
			}
			grown, got := e.Append(leaf)
			if !slices.Equal(got, want) {
				t.Fatalf("leaf %d stores %v, want %v", i, got, want)
			}
			stored = append(stored, want...)
			if e, err = ledger.ReadEdge(grown.Size, grown.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
		root, err := e.Root()
		want, wantErr := tlog.TreeHash(int64(len(leaves)), reader)
		if err != nil || wantErr != nil || root != want {
			t.Fatalf("root %v (%v), want %v (%v)", root, err, want, wantErr)
		}
	})
}

func TestAnEdgeThatDoesNotFitIsCorrupt(t *testing.T) {
	for _, c := range []struct {
		size  int64
		bytes int
	}{{-1, 0}, {0, 32}, {1, 0}, {1, 31}, {3, 32}, {4, 64}} {
		if _, err := ledger.ReadEdge(c.size, make([]byte, c.bytes)); fault.KindOf(err) != fault.Corrupt {
			t.Errorf("an edge of %d bytes for %d entries: %v", c.bytes, c.size, err)
		}
	}
}

func receipt(t testing.TB) ([]byte, note.Verifier) {
	t.Helper()
	m, v := founded(t)
	for n := range 11 {
		m.append(t, happened(n))
	}
	m.sign(t)
	r, err := ledger.Prove(t.Context(), m, v, 6)
	if err != nil {
		t.Fatal(err)
	}
	return r.Text(), v
}

// The last letter of a signature has four bits that say nothing.
func TestASignatureHasOneForm(t *testing.T) {
	m, v := founded(t)
	want := m.sign(t)
	text := m.head.Checkpoint
	if c, err := ledger.OpenCheckpoint(text, v); err != nil || c != want {
		t.Fatalf("%+v, %v", c, err)
	}
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	at := bytes.LastIndexByte(text, '=') - 1
	own := strings.IndexByte(letters, text[at])
	for _, spare := range []int{1, 2, 3} {
		bad := bytes.Clone(text)
		bad[at] = letters[own^spare]
		if _, err := ledger.OpenCheckpoint(bad, v); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzReceiptHoldsForItsOwnEventOnly(f *testing.F) {
	text, v := receipt(f)
	f.Add(text)
	f.Add([]byte(strings.Replace(string(text), "index 6", "index 06", 1)))
	f.Add(append(bytes.Clone(text), '\n'))
	f.Add(append(bytes.Clone(text), "— witness.example AAAAAAA=\n"...))
	want, _, point, err := ledger.VerifyReceipt(text, v)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, other []byte) {
		r, err := ledger.ReadReceipt(other)
		if err == nil && !bytes.Equal(r.Text(), other) {
			t.Errorf("read as a receipt of other bytes: %q", other)
		}
		r, _, c, err := ledger.VerifyReceipt(other, v)
		if err == nil && (r.Index != want.Index || !bytes.Equal(r.Leaf, want.Leaf) || c != point) {
			t.Errorf("holds for something else: %q", other)
		}
		if err != nil && bytes.Equal(other, text) {
			t.Error(err)
		}
	})
}

func FuzzCheckpointsAreReadInOneForm(f *testing.F) {
	m, v := founded(f)
	c := m.sign(f)
	f.Add(m.head.Checkpoint)
	f.Add([]byte("commission.example/ledger\n00\nx\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ledger.OpenCheckpoint(text, v)
		if err == nil && got != c {
			t.Errorf("nobody signed %+v", got)
		}
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v is not Invalid", err)
		}
	})
}

func TestKeysAreReadOrRefusedWithoutBeingShown(t *testing.T) {
	key, public, err := ledger.NewKey(rand.Reader, "commission.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ledger.VerifierKey(key + "\n"); err != nil || got != public {
		t.Errorf("verifier key %q, %v, want %q", got, err, public)
	}
	for _, bad := range []string{"", public, key[:len(key)-4], "PRIVATE" + key, strings.Replace(key, "example", "elsewhere", 1)} {
		_, _, err := ledger.NewSigner(bad)
		if fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("a bad key: %v", err)
		} else if secret := key[len(key)-20:]; strings.Contains(err.Error(), secret[:8]) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
	for _, name := range []string{"", "two words", "plus+", "кириллица"} {
		if _, _, err := ledger.NewKey(rand.Reader, name); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a ledger called %q: %v", name, err)
		}
	}
}
