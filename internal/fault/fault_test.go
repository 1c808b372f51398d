package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"interdict/internal/fault"
)

func TestKindIsTheOutermostInAnyWrap(t *testing.T) {
	inner := fault.New(fault.Invalid, "bad date %q", "x")
	cases := []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"none", errors.New("x"), fault.Internal},
		{"nil", nil, fault.Internal},
		{"plain", inner, fault.Invalid},
		{"wrapped", fmt.Errorf("reading: %w", inner), fault.Invalid},
		{"hinted", fault.Hint(inner, "mend it"), fault.Invalid},
		{"given another", fault.As(fault.Corrupt, inner), fault.Corrupt},
		{"in a place", fault.At(fault.Place{File: "f"}, "x"), fault.Invalid},
		{"joined", errors.Join(io.EOF, inner), fault.Invalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := fault.KindOf(c.err); got != c.want {
				t.Errorf("kind %v, want %v", got, c.want)
			}
		})
	}
}

func TestHintsAreCollectedOnceFromTheWholeTree(t *testing.T) {
	one := fault.Hint(fault.New(fault.Invalid, "a"), "first")
	two := fmt.Errorf("more: %w", fault.Hint(fault.Hint(one, "first"), "second"))
	other := fault.Hint(fault.New(fault.Invalid, "b"), "third")
	if got, want := fault.Hints(errors.Join(two, other)), "second\nfirst\nthird"; got != want {
		t.Errorf("hints %q, want %q", got, want)
	}
	if got := fault.Hints(io.EOF); got != "" {
		t.Errorf("hints of a plain error: %q", got)
	}
}

func TestHintAndAsKeepMessageAndCause(t *testing.T) {
	err := fault.Hint(fault.As(fault.Unavailable, fmt.Errorf("reading: %w", io.EOF)), "wait")
	if err.Error() != "reading: EOF" || !errors.Is(err, io.EOF) {
		t.Errorf("got %q", err)
	}
	if fault.Hint(nil, "x") != nil || fault.As(fault.Invalid, nil) != nil {
		t.Error("no error must stay no error")
	}
}

func TestPlaceLeavesOutWhatIsUnknown(t *testing.T) {
	cases := []struct {
		place fault.Place
		want  string
	}{
		{fault.Place{File: "un.xml", Line: 7, Element: "A[1]"}, "un.xml:7: A[1]: bad"},
		{fault.Place{File: "un.xml", Line: 7}, "un.xml:7: bad"},
		{fault.Place{File: "un.xml"}, "un.xml: bad"},
		{fault.Place{Element: "A[1]"}, "A[1]: bad"},
	}
	for _, c := range cases {
		if got := fault.At(c.place, "bad").Error(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestEveryKindHasWords(t *testing.T) {
	for k := fault.Internal; k <= fault.Corrupt; k++ {
		if k.String() == "" {
			t.Errorf("kind %d has no words", k)
		}
	}
}
