package screen

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"interdict/internal/index"
)

// Difference is everybody listed of whom two registers do not say the same, as
// each of them says it. Who meets nobody of it has the same answer on both.
type Difference struct {
	Subjects int          // of whom they do not say the same
	Index    *index.Index // of what both say of them
	Keys     []string     // their identifiers, as the exact index compares them
}

// standing is what two registers say of a subject; one of them may say nothing.
type standing struct{ before, after *index.Hit }

// Compare finds the difference of the registers of two engines. In which edition
// and file of a list an entry stands, and where in it, makes none.
func Compare(before, after *Engine) (Difference, error) {
	all := standings(before.ix, after.ix)
	size := len(all)/runtime.GOMAXPROCS(0) + 1
	parts := make([][]index.Subject, runtime.GOMAXPROCS(0))
	errs := make([]error, len(parts))
	var wait sync.WaitGroup
	for i, run := range slices.Collect(slices.Chunk(all, size)) {
		wait.Go(func() { parts[i], errs[i] = differing(run) })
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return Difference{}, fmt.Errorf("comparing registers %s and %s: %w", before.snapshot, after.snapshot, err)
	}
	subjects := slices.Concat(parts...)
	seg, err := index.Build(subjects)
	if err != nil {
		return Difference{}, fmt.Errorf("comparing registers %s and %s: %w", before.snapshot, after.snapshot, err)
	}
	d := Difference{Index: index.New(seg)}
	seen := map[string]bool{}
	for _, s := range subjects {
		seen[s.ID[1:]] = true
		d.Keys = append(d.Keys, s.Keys...)
	}
	d.Subjects = len(seen)
	return d, nil
}

// standings pairs the subjects of two registers by their ids.
func standings(before, after *index.Index) (all []standing) {
	at := map[string]int{}
	for h := range before.Subjects() {
		at[h.Subject] = len(all)
		all = append(all, standing{before: &h})
	}
	for h := range after.Subjects() {
		if i, ok := at[h.Subject]; ok {
			all[i].after = &h
			continue
		}
		all = append(all, standing{after: &h})
	}
	return all
}

// differing gives both sides of the standings whose sides are not the same. An
// id says of which side it is.
func differing(all []standing) ([]index.Subject, error) {
	var out []index.Subject
	for _, s := range all {
		before, errBefore := payloadOf(s.before)
		after, errAfter := payloadOf(s.after)
		same, err := samePayload(before, after)
		if err := errors.Join(errBefore, errAfter, err); err != nil {
			return nil, err
		}
		if same {
			continue
		}
		if out, err = appendSide(out, "-", before); err != nil {
			return nil, err
		}
		if out, err = appendSide(out, "+", after); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func appendSide(out []index.Subject, side string, payload []byte) ([]index.Subject, error) {
	if payload == nil {
		return out, nil
	}
	c, err := ReadCard(payload)
	// Short forms are for texts: no answer to a customer comes from them.
	c.Names = slices.DeleteFunc(c.Names, func(n CardName) bool { return n.Short })
	return append(out, c.indexed(side+c.Subject, nil)), err
}

func payloadOf(h *index.Hit) ([]byte, error) {
	if h == nil {
		return nil, nil
	}
	return h.Payload()
}

// samePayload reports whether two registers say the same of a subject.
func samePayload(a, b []byte) (bool, error) {
	if a == nil || b == nil {
		return false, nil
	}
	if bytes.Equal(a, b) {
		return true, nil
	}
	cardA, restA, err := cut(a)
	if err != nil {
		return false, err
	}
	cardB, restB, err := cut(b)
	if err != nil || !bytes.Equal(cardA, cardB) {
		return false, err
	}
	if bytes.Equal(appendPlaceless(make([]byte, 0, len(restA)), restA), appendPlaceless(make([]byte, 0, len(restB)), restB)) {
		return true, nil
	}
	saysA, err := entriesOf(a)
	if err != nil {
		return false, err
	}
	saysB, err := entriesOf(b)
	return bytes.Equal(saysA, saysB), err
}

func entriesOf(payload []byte) ([]byte, error) {
	s, err := Subject(payload)
	if err != nil {
		return nil, err
	}
	return s.Said()
}
