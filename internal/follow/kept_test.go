package follow_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/follow"
	"interdict/internal/mutate"
)

// mixedBook is a book of names of nobody, of listed ones in many spellings, and
// of rows that cannot be screened, or not whole.
func mixedBook(listed ...string) string {
	var b strings.Builder
	b.WriteString("id,name,alias,born\n")
	line := func(name, alias, born string) {
		fmt.Fprintf(&b, "C-%04d,%q,%q,%s\n", strings.Count(b.String(), "\n"), name, alias, born)
	}
	for _, v := range mutate.Invent(41, 150) {
		line(v.Name, "", "1980")
	}
	for i, m := range mutate.All() {
		if text, ok := m.Apply(uint64(i), listed[i%len(listed)]); ok && !strings.ContainsAny(text, "\"\n\r\\") {
			line(text, []string{"", "X"}[i%2], []string{"1957", "1980", "soon"}[i%3])
		}
	}
	b.WriteString("1,???,,\n2,,Ivan Primerov,\n3\n4,Ivan Primerov,X,1957\n5,Omar Haddad,,\n")
	return b.String()
}

// alertLines are the alerts that an officer sees, but for their ids and times.
func (o *office) alertLines() []string {
	var out []string
	for _, a := range o.alerts("olga") {
		line := fmt.Sprint(a.Source, a.Subject)
		for _, h := range a.Hits {
			line += fmt.Sprint(" ", h.Entry, h.EntryVersion, h.Name, h.Score, h.Band)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// One office goes on and screens whom an edition touches; the other begins anew
// with each edition and screens its whole book. They come to the same.
func TestAKeptBookComesToTheSameAsAWholeRun(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	stays, whole := newOffice(t, c, clock), newOffice(t, c, clock)
	text := mixedBook("Ivan Primerov", "Иван Примеров", "Omar Haddad", "محمد حسين", "Pyotr Obraztsov")
	for _, o := range []*office{stays, whole} {
		must(0, os.WriteFile(o.book(), []byte(text), 0o600))
	}
	total := 0
	for i, edition := range []func(){
		func() { c.freezes("Ivan Primerov", "Иван Примеров") },
		func() { c.freezes("Omar Haddad") },
		func() { c.lifts() },
		func() { c.freezes("Muhammad Husayn", "محمد حسين") },
		func() { c.freezes("Nobody Whom Anybody Knows") },
	} {
		edition()
		if got := stays.institution.Keeps(); got != (i > 0) {
			t.Fatalf("edition %d: kept %t", i, got)
		}
		whole.open(t, c)
		_, raised := stays.look()
		_, want := whole.look()
		total += want
		if raised != want {
			t.Errorf("edition %d: %d alerts instead of %d", i, raised, want)
		}
		got, all := must(stays.institution.Status()).Book, must(whole.institution.Status()).Book
		for i := range got.Rows { // books are named by their places
			got.Rows[i].Why = strings.ReplaceAll(got.Rows[i].Why, stays.Dir, whole.Dir)
		}
		if diff := differs(*got, *all); diff != "" {
			t.Errorf("edition %d: %s", i, diff)
		}
		if a, b := stays.alertLines(), whole.alertLines(); !slices.Equal(a, b) {
			t.Errorf("edition %d: alerts\n%s\ninstead of\n%s", i, strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
	}
	if total < 10 {
		t.Errorf("only %d alerts: the case tells nothing", total)
	}
}

// differs compares two screenings but for their files and times.
func differs(a, b follow.Screening) string {
	a.At, b.At, a.Book, b.Book = noon, noon, "", ""
	return cmp.Diff(b, a)
}
