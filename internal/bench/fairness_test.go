package bench_test

import (
	"strings"
	"testing"

	"interdict/internal/bench"
	"interdict/internal/book"
	"interdict/internal/fault"
)

// customersNamed makes n customers of a name, by turns in each nationality.
func customersNamed(from []book.Customer, n int, name, nationality string) []book.Customer {
	for range n {
		from = append(from, book.Customer{Row: len(from) + 2, Name: name, Countries: []string{nationality}})
	}
	return from
}

func TestAGroupWithMoreThanItsShareHasAReason(t *testing.T) {
	// Given a list of one Korean, and a book in which his near namesakes are Koreans.
	e := engine(t, "list 2026-11-01\n1: ref A.1; name Kang Min-jun Dokgo\n2: ref A.2; name Marta Lindqvist\n")
	var customers []book.Customer
	customers = customersNamed(customers, 120, "Kang Min-jun", "KR")
	customers = customersNamed(customers, 400, "Pierre Dubois", "FR")
	customers = customersNamed(customers, 2, "Lindqvist, Marta", "SE") // listed, word for word
	// When it is measured,
	f, err := bench.MeasureFairness(e, bench.FairnessOptions{Seed: 1, Each: 5, File: "customers.csv", Customers: customers})
	if err != nil {
		t.Fatal(err)
	}
	// Then the Koreans are over, the namesake is left out, and the reason names the words.
	b := f.Books[1]
	if b.Total.Customers != 520 || b.Total.Namesakes != 2 {
		t.Errorf("%d customers and %d namesakes, want 520 and 2", b.Total.Customers, b.Total.Namesakes)
	}
	w := b.Worst("nationality")
	if w == nil || w.Group != "KR" || !w.Over || w.Alerts.Count != 120 || w.Ratio < 4.3 || w.Ratio > 4.4 {
		t.Fatalf("the worst group is %+v", w)
	}
	if len(b.Reasons) != 1 {
		t.Fatalf("%d reasons, want one", len(b.Reasons))
	}
	text := b.Reasons[0].Text()
	for _, want := range []string{"nationality KR: 120 customers", "\u2068Kang Min-jun Dokgo\u2069 (120)", "\u2068kang\u2069 (alerts: 120; borne by 100.0 % of the group, meets 1 listed subjects"} {
		if !strings.Contains(text, want) {
			t.Errorf("the reason lacks %q: %s", want, text)
		}
	}
	if err := f.Failure(); fault.KindOf(err) != fault.Internal || !strings.Contains(err.Error(), "nationality KR") {
		t.Errorf("failure %v", err)
	}
}

func TestGroupsThatAreAlikeAreFair(t *testing.T) {
	e := engine(t, "list 2026-11-01\n1: ref A.1; name Pierre Dubois-Lafontaine\n")
	var customers []book.Customer
	for _, nationality := range []string{"FR", "BE", "CH"} {
		customers = customersNamed(customers, 50, "Pierre Dubois Lafontaines", nationality)
		customers = customersNamed(customers, 150, "Somchai Wongsawat", nationality)
	}
	f, err := bench.MeasureFairness(e, bench.FairnessOptions{Seed: 1, Each: 1, File: "customers.csv", Customers: customers})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range f.Books[1].Groups {
		if g.Over || g.Ratio < .99 || g.Ratio > 1.01 || g.Alerts.Count == 0 {
			t.Errorf("%s %s: ratio %.2f, over %v, %d alerts", g.By, g.Group, g.Ratio, g.Over, g.Alerts.Count)
		}
	}
	if err := f.Failure(); err != nil {
		t.Errorf("failure %v", err)
	}
}

func TestFairnessFollowsFromTheSeed(t *testing.T) {
	e := engine(t, "list 2026-11-01\n1: ref A.1; name Mohamed Ali Hassan\n")
	steps := 0
	run := func(seed uint64) bench.Fairness {
		f, err := bench.MeasureFairness(e, bench.FairnessOptions{Seed: seed, Each: 40, Step: func() {}})
		if err != nil {
			t.Fatal(err)
		}
		steps += f.Books[0].Total.Customers
		return f
	}
	a, b, c := run(1), run(1), run(2)
	if a.Books[0].Total != b.Books[0].Total {
		t.Errorf("the same seed gives %+v and %+v", a.Books[0].Total, b.Books[0].Total)
	}
	if a.Books[0].Total == c.Books[0].Total {
		t.Errorf("two seeds give %+v", a.Books[0].Total)
	}
	if want := (bench.FairnessOptions{Each: 40}).Steps(); 3*want != steps {
		t.Errorf("%d customers in three runs, want %d each", steps, want)
	}
}

func TestABookOfListedNamesOnlyIsRefused(t *testing.T) {
	e := engine(t, "list 2026-11-01\n1: ref A.1; name Marta Lindqvist\n")
	_, err := bench.MeasureFairness(e, bench.FairnessOptions{Seed: 1, Each: 1, File: "c.csv", Customers: []book.Customer{{Row: 2, Name: "MARTA LINDQVIST"}}})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("%v", err)
	}
}
