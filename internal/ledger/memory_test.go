package ledger_test

import (
	"cmp"
	"context"
	"crypto/rand"
	"iter"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/vault"
)

// memory is a ledger in memory.
type memory struct {
	head    ledger.Head
	entries []ledger.Entry
	sealed  []ledger.Stored
	edge    ledger.Edge
	signer  note.Signer
}

func (m *memory) Head(context.Context) (ledger.Head, error) { return m.head, nil }

func (m *memory) Entry(_ context.Context, index int64) (ledger.Entry, error) {
	for _, e := range m.entries {
		if e.Index == index {
			return e, nil
		}
	}
	return ledger.Entry{}, fault.New(fault.NotFound, "no entry %d", index)
}

func (m *memory) Entries(_ context.Context, from, end int64) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		at, _ := slices.BinarySearchFunc(m.entries, from, func(e ledger.Entry, from int64) int { return cmp.Compare(e.Index, from) })
		for _, e := range m.entries[at:] {
			if e.Index >= end || !yield(e, nil) {
				return
			}
		}
	}
}

func (m *memory) Sealed(context.Context) iter.Seq2[ledger.Stored, error] {
	return func(yield func(ledger.Stored, error) bool) {
		for _, s := range m.sealed {
			if s.Size = m.head.Size; !yield(s, nil) {
				return
			}
		}
	}
}

// append adds an event, on its own stream, with a body.
func (m *memory) append(t testing.TB, e event.Envelope) {
	t.Helper()
	s := vault.Sealed{Subject: e.Stream, Cipher: []byte(e.Command)}
	rand.Read(s.Hash[:])
	digest := s.Digest()
	m.sealed = append(m.sealed, ledger.Stored{Sealed: s, Digest: digest[:]})
	e.Body = s.Hash
	leaf := e.Encode()
	grown, nodes := m.edge.Append(leaf)
	m.entries = append(m.entries, ledger.Entry{
		Index: m.edge.Size, Stream: e.Stream, Version: int64(e.Version), Command: e.Command, Body: e.Body[:], Leaf: leaf, Nodes: ledger.WriteNodes(nodes),
	})
	m.edge = grown
}

// sign moves the head to what was appended.
func (m *memory) sign(t testing.TB) ledger.Checkpoint {
	t.Helper()
	root, err := m.edge.Root()
	if err != nil {
		t.Fatal(err)
	}
	c := ledger.Checkpoint{Origin: m.signer.Name(), Size: m.edge.Size, Root: root}
	signed, err := c.Sign(m.signer)
	if err != nil {
		t.Fatal(err)
	}
	m.head = ledger.Head{Size: c.Size, Edge: m.edge.Bytes(), Checkpoint: signed, Last: c.Size - 1}
	return c
}
