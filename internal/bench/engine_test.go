package bench_test

import (
	"testing"
	"time"

	"interdict/internal/index"
	"interdict/internal/register"
	"interdict/internal/register/registertest"
	"interdict/internal/screen"
)

// engine builds an engine on lists in the form of registertest, a, b and so on.
func engine(t *testing.T, lists ...string) *screen.Engine {
	t.Helper()
	state, at := register.NewState(), time.Unix(0, 0).UTC()
	var editions []register.Edition
	for i, text := range lists {
		e, err := register.Read(registertest.Source(string(rune('a'+i))), "", registertest.Input(text))
		if err != nil {
			t.Fatal(err)
		}
		if state, _, err = state.Take(nil, e, nil, at); err != nil {
			t.Fatal(err)
		}
		editions = append(editions, e)
	}
	snap, err := register.Build(state, editions)
	if err != nil {
		t.Fatal(err)
	}
	subjects, err := screen.Subjects(snap)
	if err != nil {
		t.Fatal(err)
	}
	seg, err := index.Build(subjects)
	if err != nil {
		t.Fatal(err)
	}
	return screen.New(index.New(seg), snap.ID, "")
}
