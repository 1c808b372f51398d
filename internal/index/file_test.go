package index_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
)

func sample(t testing.TB) []index.Subject {
	t.Helper()
	return []index.Subject{
		{ID: "s-1", Kinds: []name.Kind{name.AsPerson}, Names: []string{"Saddam Hussein", "صدام حسين", "Abu Ali"}, Keys: []string{index.Key("A-123 456")}, Payload: []byte(`{"a":1}`)},
		{ID: "s-2", Kinds: []name.Kind{name.AsOrganisation}, Names: []string{"44th Brigade Trading Co. Ltd", "Исламское государство"}, Payload: []byte("b")},
		{ID: "s-3", Kinds: []name.Kind{name.AsPerson, name.AsOrganisation}, Names: []string{"J. R. Smith and a very long name of seven words", "—"}},
	}
}

func write(t testing.TB, seg *index.Segment) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := seg.Write(&b, index.Head{Profile: "p1", Snapshot: "snap"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func build(t testing.TB, subjects []index.Subject) *index.Segment {
	t.Helper()
	seg, err := index.Build(subjects)
	if err != nil {
		t.Fatal(err)
	}
	return seg
}

func TestAnOpenedFileAnswersAsTheSegmentItWasWrittenFrom(t *testing.T) {
	seg := build(t, sample(t))
	file := write(t, seg)
	opened, head, err := index.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if head != (index.Head{Profile: "p1", Snapshot: "snap"}) {
		t.Errorf("head %+v", head)
	}
	if !bytes.Equal(write(t, opened), file) {
		t.Error("an opened segment writes other bytes than it was read from")
	}
	for _, q := range []string{"Sadam Husein", "44 Brigade", "Islamic State", "j r smith and a very long name of seven words", "أبو علي"} {
		p, err := index.NewProbe(q)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := index.New(seg).Search(p, 600, match.NameCosts)
		b, _ := index.New(opened).Search(p, 600, match.NameCosts)
		if len(a) == 0 || !slices.Equal(answer(a), answer(b)) {
			t.Errorf("%q: %v, opened %v", q, answer(a), answer(b))
		}
	}
	hits := index.New(opened).Identified(index.Key("a123456"))
	if len(hits) != 1 || hits[0].Subject != "s-1" {
		t.Errorf("identified %v", hits)
	}
	if got := index.New(opened).Size().Unread; got != 1 {
		t.Errorf("%d unread names, want the dash", got)
	}
}

func TestTheSameSubjectsGiveTheSameBytes(t *testing.T) {
	a := write(t, build(t, sample(t)))
	if b := write(t, build(t, sample(t))); !bytes.Equal(a, b) {
		t.Error("two builds of the same subjects differ")
	}
}

func TestADamagedFileIsRefused(t *testing.T) {
	file := write(t, build(t, sample(t)))
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		bad := slices.Clone(file)
		at := r.IntN(len(bad))
		bad[at] ^= byte(1 + r.IntN(255))
		seg, _, err := index.Open(bad)
		if err != nil {
			if fault.KindOf(err) != fault.Corrupt {
				t.Fatalf("byte %d: kind %v of %v", at, fault.KindOf(err), err)
			}
			continue
		}
		// Padding carries nothing, and payloads are checked when they are read.
		damaged := false
		for _, err := range index.New(seg).Payloads() {
			damaged = damaged || fault.KindOf(err) == fault.Corrupt && err != nil
		}
		if !damaged && !bytes.Equal(write(t, seg), file) {
			t.Fatalf("byte %d: a damaged file was accepted", at)
		}
	}
	for n := range len(file) {
		if _, _, err := index.Open(file[:n]); err == nil && n < len(file)-64 {
			t.Fatalf("a file cut at %d of %d was accepted", n, len(file))
		}
	}
}

func FuzzOpen(f *testing.F) {
	file := write(f, build(f, sample(f)))
	f.Add(file)
	f.Fuzz(func(t *testing.T, b []byte) {
		seg, _, err := index.Open(b)
		if err != nil && seg != nil {
			t.Error("an error with a segment")
		}
	})
}
