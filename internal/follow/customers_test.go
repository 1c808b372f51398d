package follow_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/follow"
)

// A book that could not be screened is tried again while the list is refused.
func TestABookIsTriedAgainWhileTheListIsRefused(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	must(0, os.Remove(o.book()))
	if _, _, err := o.institution.Look(t.Context()); fault.KindOf(err) != fault.Invalid {
		t.Fatalf("without a book: %v", err)
	}
	c.alters(func(string, []byte) []byte { return []byte("x") })
	must(0, os.WriteFile(o.book(), []byte(customers), 0o600))
	_, raised, err := o.institution.Look(t.Context())
	if fault.KindOf(err) != fault.Corrupt || raised != 1 {
		t.Errorf("%d alerts, %v", raised, err)
	}
	if b := must(o.institution.Status()).Book; b.Failed != nil || b.Customers != 2 {
		t.Errorf("%+v", b)
	}
}

// Each row is counted once, and what was not screened of a customer is named also
// if he has a hit.
func TestWhatWasNotScreenedIsCounted(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	for book, want := range map[string]follow.Screening{
		"1,Ann Lee,\n2,,Ivan Primerov\n3,Ivan Primerov,X\n4,???,\n5\n": {Customers: 3, Partly: 2, Hits: 2, Unscreened: 2, Rows: []follow.Unscreened{
			{Row: 3, Why: "in part: the name is empty"},
			{Row: 4, Why: `in part: alias "X": the name is too short: one letter`},
			{Row: 5, Why: "the name has no letter"},
			{Row: 6, Why: ""},
		}},
		"1,Ann Lee,\n": {Customers: 1},
	} {
		must(0, os.WriteFile(o.book(), []byte("id,name,alias\n"+book), 0o600))
		o.look()
		got := must(o.institution.Status()).Book
		if len(got.Rows) == 4 {
			got.Rows[3].Why = "" // in the words of the reader of books
		}
		if got.Customers != want.Customers || got.Partly != want.Partly || got.Hits != want.Hits || got.Unscreened != want.Unscreened || !slices.Equal(got.Rows, want.Rows) {
			t.Errorf("%q: %+v", book, got)
		}
	}
}

// A book of names that nobody can screen is not acknowledged as screened.
func TestABookOfNothingIsNotScreened(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	must(0, os.WriteFile(o.book(), []byte("id,name\n1,???\n2,12\n"), 0o600))
	if _, _, err := o.institution.Look(t.Context()); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "none of 2 rows can be screened") {
		t.Errorf("%v", err)
	}
	if got := must(c.clerk.List(t.Context(), clerk.Order{By: "lead"}, "acknowledgement", "screened", "", 10)).Rows; len(got) != 0 {
		t.Error("what was not screened was acknowledged")
	}
}
