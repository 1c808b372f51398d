package event_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/event"
	"interdict/internal/fault"
)

// envelope draws any envelope that passes Check.
func envelope(t *rapid.T) event.Envelope {
	word := rapid.StringMatching(`[a-z][a-z0-9_]{0,9}`)
	text := rapid.StringMatching(`[ -~а-яء-ي]{1,40}`)
	e := event.Envelope{
		Kind:    word.Draw(t, "room") + "." + word.Draw(t, "what"),
		Stream:  word.Draw(t, "aggregate") + "/" + rapid.StringMatching(`[!-~]{1,30}`).Draw(t, "id"),
		Version: rapid.Uint64Range(1, 1<<62).Draw(t, "version"),
		At:      time.UnixMicro(rapid.Int64Range(-6e16, 2e17).Draw(t, "at")).UTC(),
		By:      text.Draw(t, "by"),
		Command: text.Draw(t, "command"),
	}
	if rapid.Bool().Draw(t, "on behalf") {
		e.For = text.Draw(t, "for")
	}
	hash := rapid.SliceOfN(rapid.Byte(), 32, 32)
	e.Body = [32]byte(hash.Draw(t, "body"))
	for range rapid.IntRange(0, 3).Draw(t, "pieces") {
		e.Evidence = append(e.Evidence, [32]byte(hash.Draw(t, "evidence")))
	}
	return e
}

func TestDecodeIsTheInverseOfEncode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := envelope(t)
		if err := e.Check(); err != nil {
			t.Fatal(err)
		}
		got, err := event.Decode(e.Encode())
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(e, got); d != "" {
			t.Error(d)
		}
	})
}

func example() event.Envelope {
	return event.Envelope{
		Kind: "dossier.opened", Stream: "dossier/D7K3", Version: 1, At: time.Date(2026, 11, 24, 9, 30, 0, 250_000_000, time.UTC),
		By: "m-7", For: "agency-2", Command: "c-1", Body: [32]byte{1, 2}, Evidence: [][32]byte{{3}},
	}
}

func TestTheTextOfAnEnvelopeIsForEver(t *testing.T) {
	want := `interdict event v1
kind dossier.opened
stream dossier/D7K3
version 1
at 2026-11-24T09:30:00.250000Z
by m-7
for agency-2
command c-1
body 0102000000000000000000000000000000000000000000000000000000000000
evidence 0300000000000000000000000000000000000000000000000000000000000000
`
	if d := cmp.Diff(want, string(example().Encode())); d != "" {
		t.Error(d)
	}
}

func TestEveryFlippedByteChangesOrBreaksAnEnvelope(t *testing.T) {
	e := example()
	text := e.Encode()
	for i := range text {
		bad := bytes.Clone(text)
		bad[i] ^= 1
		if got, err := event.Decode(bad); err == nil && got.Equal(e) {
			t.Errorf("byte %d (%q): the same envelope is read from other bytes", i, text[i])
		}
	}
}

func TestWhatCannotBeKeptIsRefused(t *testing.T) {
	cases := map[string]func(*event.Envelope){
		"kind without a dot":        func(e *event.Envelope) { e.Kind = "opened" },
		"stream without an id":      func(e *event.Envelope) { e.Stream = "dossier/" },
		"stream with a blank":       func(e *event.Envelope) { e.Stream = "dossier/a b" },
		"version zero":              func(e *event.Envelope) { e.Version = 0 },
		"time with nanoseconds":     func(e *event.Envelope) { e.At = e.At.Add(1) },
		"time elsewhere":            func(e *event.Envelope) { e.At = e.At.In(time.FixedZone("x", 3600)) },
		"nobody":                    func(e *event.Envelope) { e.By = "" },
		"no command":                func(e *event.Envelope) { e.Command = "" },
		"second line":               func(e *event.Envelope) { e.By = "a\nfor b" },
		"no UTF-8":                  func(e *event.Envelope) { e.For = "\xff" },
		"long command":              func(e *event.Envelope) { e.Command = strings.Repeat("x", 201) },
		"too many pieces of proof":  func(e *event.Envelope) { e.Evidence = make([][32]byte, 1001) },
		"kind with a second line":   func(e *event.Envelope) { e.Kind = "dossier.opened\n" },
		"stream with a second line": func(e *event.Envelope) { e.Stream = "dossier/a\n" },
	}
	for name, spoil := range cases {
		e := example()
		spoil(&e)
		if err := e.Check(); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(example().Encode())
	f.Add([]byte("interdict event v1\nkind a.b\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := event.Decode(text)
		if err != nil {
			if fault.KindOf(err) != fault.Corrupt {
				t.Errorf("kind %v of %v", fault.KindOf(err), err)
			}
			return
		}
		if !bytes.Equal(e.Encode(), text) {
			t.Errorf("two texts for one envelope:\n%q\n%q", text, e.Encode())
		}
	})
}

type opened struct {
	Title string         `json:"title"`
	Marks map[string]int `json:"marks,omitempty"`
}

func (opened) Kind() string { return "dossier.opened" }

type closed struct{}

func (closed) Kind() string { return "dossier.closed" }

func registry() *event.Registry {
	r := &event.Registry{}
	event.Register[opened](r)
	event.Register[closed](r)
	return r
}

func TestBodiesComeBackAsTheyWere(t *testing.T) {
	r := registry()
	rapid.Check(t, func(t *rapid.T) {
		var e event.Event = closed{}
		if rapid.Bool().Draw(t, "opened") {
			e = opened{Title: rapid.String().Draw(t, "title")}
		}
		body, err := r.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Unmarshal(e.Kind(), body)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(e, got); d != "" {
			t.Error(d)
		}
	})
}

func TestBodiesAreReadWholeOrNotAtAll(t *testing.T) {
	for name, c := range map[string]struct{ kind, body string }{
		"unknown kind":  {"dossier.burnt", `{}`},
		"unknown field": {"dossier.opened", `{"title":"a","colour":"red"}`},
		"cut off":       {"dossier.opened", `{"title":"a"`},
		"second body":   {"dossier.opened", `{"title":"a"}{}`},
		"empty":         {"dossier.opened", ``},
	} {
		if _, err := registry().Unmarshal(c.kind, []byte(c.body)); fault.KindOf(err) != fault.Corrupt {
			t.Errorf("%s: got %v, want Corrupt", name, err)
		}
	}
}

func TestTextThatJSONWouldChangeIsRefused(t *testing.T) {
	if _, err := registry().Marshal(opened{Title: "a\xffb"}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v, want Invalid", err)
	}
	for _, fine := range []string{"\ufffd", `\ufffd`, `\\ufffd`, "<&>\u2028"} {
		if _, err := registry().Marshal(opened{Title: fine}); err != nil {
			t.Errorf("%q: %v", fine, err)
		}
	}
}

func TestKindsAreListedInOrder(t *testing.T) {
	if d := cmp.Diff([]string{"dossier.closed", "dossier.opened"}, registry().Kinds()); d != "" {
		t.Error(d)
	}
}

func TestAKindIsRegisteredOnce(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a second registration did not panic")
		}
	}()
	event.Register[opened](registry())
}
