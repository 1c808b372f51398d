package register_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/fault"
	"interdict/internal/register"
	"interdict/internal/register/registertest"
)

// edition reads an edition of a test list.
func edition(t testing.TB, source, text string) register.Edition {
	t.Helper()
	e, err := register.Read(registertest.Source(source), "", registertest.Input(text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// people writes n entries, with a birth for the first b.
func people(day string, n, b int) string {
	s := "list " + day + "\n"
	for i := range n {
		s += fmt.Sprintf("%d: ref R.%d; name Person Number%d", i, i, i)
		if i < b {
			s += "; born 1960"
		}
		s += "\n"
	}
	return s
}

func TestAnEditionIsHeldBackWhen(t *testing.T) {
	full := people("2026-01-02", 200, 200)
	for _, x := range []struct {
		name, prev, next string
		rules            []string
	}{
		{"never if it is as before", full, people("2026-02-02", 200, 200), nil},
		{"never if the step is usual", full, people("2026-02-02", 230, 230), nil},
		{"never if few are many", people("2026-01-02", 5, 5), people("2026-02-02", 24, 24), nil},
		{"an element is unreadable", full, people("2026-02-02", 200, 200) + "! broken\n", []string{"unreadable"}},
		{"the declared count differs", "", "list 2026-01-01\ndeclared 3\n1: name A B\n", []string{"declared"}},
		{"it is empty", "", "list 2026-01-01\n", []string{"empty"}},
		{"it is empty after a full one", full, "list 2026-03-01\n", []string{"empty", "fewer", "fewer"}},
		{"it lost a fifth", full, people("2026-02-02", 159, 159), []string{"fewer", "fewer"}},
		{"it gained more than a quarter", full, people("2026-02-02", 251, 251), []string{"more", "more"}},
		{"births are no longer read", full, people("2026-02-02", 200, 120), []string{"fill"}},
		{"it is older", full, people("2025-12-31", 200, 200), []string{"older"}},
		{"a key stands for two", "", "list 2026-01-01\n1: name A B\n1: name C D\n", []string{"repeated"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			var prev *register.Edition
			if x.prev != "" {
				e := edition(t, "x", x.prev)
				prev = &e
			}
			var rules []string
			for _, c := range register.Check(prev, edition(t, "x", x.next)) {
				rules = append(rules, c.Rule)
			}
			if d := cmp.Diff(x.rules, rules); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadKeepsEveryElementAsRecordOrError(t *testing.T) {
	e := edition(t, "x", "list 2026-01-01\n1: name A B\n! no\n2: nonsense\n3: name C D\n")
	if len(e.Records) != 2 || len(e.Errs) != 2 || e.Report.Elements != 4 {
		t.Errorf("%d records, %d errors of %d elements", len(e.Records), len(e.Errs), e.Report.Elements)
	}
	if !strings.Contains(e.Errs[0].Error(), "list.txt:3") {
		t.Errorf("the error %q does not name its place", e.Errs[0])
	}
	if e.Records[1].Source != "x" || e.Records[1].Edition != e.ID {
		t.Errorf("record is of %q %q", e.Records[1].Source, e.Records[1].Edition)
	}
}

func TestReadRefuses(t *testing.T) {
	file := func(name, text string) register.Input { return register.Input{Name: name, Bytes: []byte(text)} }
	for _, x := range []struct {
		name, format string
		files        []register.Input
	}{
		{"no files", "", nil},
		{"files in no known format", "", []register.Input{file("a", "<xml/>")}},
		{"a format that is not there", "csv", []register.Input{file("a", "list")}},
		{"two files of one name", "", []register.Input{file("a", "list"), file("a", "list")}},
	} {
		t.Run(x.name, func(t *testing.T) {
			if _, err := register.Read(registertest.Source("x"), x.format, x.files); fault.KindOf(err) != fault.Invalid {
				t.Errorf("error %v, want invalid", err)
			}
		})
	}
}

func TestAnEditionIsItsFilesWhateverTheirOrder(t *testing.T) {
	a := register.Input{Name: "a", Bytes: []byte("list 2026-01-01\n1: name A B\n")}
	b := register.Input{Name: "b", Bytes: []byte("2: name C D\n")}
	x, err := register.Read(registertest.Source("x"), "", []register.Input{a, b})
	if err != nil {
		t.Fatal(err)
	}
	y, err := register.Read(registertest.Source("x"), "", []register.Input{b, a})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(x.Info, y.Info); d != "" {
		t.Error(d)
	}
	if z := edition(t, "y", "list 2026-01-01\n"); z.ID == x.ID {
		t.Error("two editions have one id")
	}
}
