package clientele_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/book"
	"interdict/internal/clientele"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

type failing interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// person is a listed subject: a person unless the name is an organisation's.
func person(id string, v mutate.Invented) register.Subject {
	e := register.Entry{Record: record.Record{Source: "test", Edition: "one", Key: id, Listings: []record.Listing{{Reference: "T." + id}}}}
	e.Kind = record.Person
	if v.Organisation {
		e.Kind = record.Organisation
	}
	e.Names = []record.Name{{Full: v.Name, Type: record.Primary, Quality: record.Strong}}
	return register.Subject{ID: id, Kind: e.Kind, Caption: v.Name, Entries: []register.Entry{e}}
}

func engine(t failing, subjects []register.Subject) *screen.Engine {
	t.Helper()
	all, err := screen.Subjects(register.Snapshot{Subjects: subjects})
	if err != nil {
		t.Fatal(err)
	}
	seg, err := index.Build(all)
	if err != nil {
		t.Fatal(err)
	}
	return screen.New(index.New(seg), "snap", "a notice")
}

func enrolled(t failing, customers []book.Customer) *clientele.Clientele {
	t.Helper()
	var b clientele.Builder
	for _, c := range customers {
		if err := b.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	c, err := b.Clientele()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answer is what a customer is told, with everything that must not differ.
func answer(t failing, e *screen.Engine, c book.Customer, o screen.Options) string {
	t.Helper()
	a, notes, err := e.Customer(c, o)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal([]any{a, notes})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// untouchedAreTheSame screens the whole book on both registers, and returns how
// many customers are touched, and whose answer differs.
func untouchedAreTheSame(t failing, before, after *screen.Engine, customers []book.Customer, o screen.Options) (touched, differ int) {
	t.Helper()
	d, err := screen.Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	places, err := enrolled(t, customers).Touched(d, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range customers {
		was, is := answer(t, before, c, o), answer(t, after, c, o)
		if was == is {
			continue
		}
		differ++
		if !slices.Contains(places, i) {
			t.Fatalf("at %d %+v is not touched, and has another answer:\n%s\n%s", o.Threshold, c, was, is)
		}
	}
	return len(places), differ
}

// pool are names of nobody that the tests draw from, in every culture.
var pool = mutate.Invent(31, 400)

// drawCustomer is a listed name, as it is or changed, or one of nobody, with
// what a book has besides.
func drawCustomer(t *rapid.T, listed []string) book.Customer {
	c := book.Customer{Row: rapid.IntRange(2, 1<<20).Draw(t, "row"), ID: rapid.StringN(0, 6, 12).Draw(t, "id")}
	name := func() string {
		text := rapid.SampledFrom(listed).Draw(t, "of")
		switch seed := rapid.Uint64().Draw(t, "seed"); rapid.IntRange(0, 4).Draw(t, "as") {
		case 0:
			return text
		case 1:
			return rapid.SampledFrom(mutate.Adversaries()).Draw(t, "adversary").Query(seed, mutate.Words(listed))
		case 2:
			return rapid.SampledFrom(pool).Draw(t, "nobody").Name
		default:
			changed, ok := rapid.SampledFrom(mutate.All()).Draw(t, "mutation").Apply(seed, text)
			if !ok {
				return text
			}
			return changed
		}
	}
	c.Name = name()
	if rapid.IntRange(0, 3).Draw(t, "aliases") == 0 {
		c.Aliases = []string{name(), rapid.SampledFrom([]string{"", "X", "P 000003", "\xff"}).Draw(t, "odd")}
	}
	c.Kind = rapid.SampledFrom([]string{"", "person", "organisation"}).Draw(t, "kind")
	c.Births = rapid.SliceOfN(rapid.SampledFrom([]string{"1957-03-02", "1957", "1980-01-01", "soon"}), 0, 2).Draw(t, "births")
	c.Countries = rapid.SliceOfN(rapid.SampledFrom([]string{"IR", "Syria", "FR", "Nowhere"}), 0, 2).Draw(t, "countries")
	c.Identifiers = rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 19), misread), 0, 2).Draw(t, "numbers")
	return c
}

// misread is a number, from ten on with O for 0.
func misread(i int) string {
	if i < 10 {
		return number(i)
	}
	return strings.ReplaceAll(number(i-10), "0", "O")
}

func number(n int) string { return fmt.Sprintf("P-%06d", n) }

// drawChange changes a subject in one way.
func drawChange(t *rapid.T, s *register.Subject) {
	e := s.Entries[0]
	e.Names, e.Births, e.Listings, e.Identifiers = slices.Clone(e.Names), slices.Clone(e.Births), slices.Clone(e.Listings), slices.Clone(e.Identifiers)
	switch rapid.IntRange(0, 7).Draw(t, "what") {
	case 0:
		e.Names = append(e.Names, record.Name{Full: rapid.SampledFrom(pool).Draw(t, "alias").Name, Type: record.Alias, Quality: record.Weak})
	case 1:
		e.Names[0].Full = rapid.SampledFrom(pool).Draw(t, "name").Name
	case 2:
		e.Names[0].Quality = record.Weak
	case 3:
		d, err := date.Parse("1957-03-02")
		if err != nil {
			t.Fatal(err)
		}
		e.Births = append(e.Births, record.Birth{Date: d})
	case 4:
		e.Identifiers = append(e.Identifiers, record.Identifier{Type: "passport", Number: number(rapid.IntRange(0, 9).Draw(t, "number"))})
	case 5:
		e.Identifiers = nil
	case 6:
		e.Listings[0].Ended = true
	case 7:
		e.Countries = append(e.Countries, record.Country{Code: "IR"})
	}
	s.Entries = []register.Entry{e}
}

func TestWhoIsNotTouchedHasTheSameAnswer(t *testing.T) {
	touched, differ, all := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var before, after []register.Subject
		var listed []string
		for i := range rapid.IntRange(1, 15).Draw(t, "subjects") {
			s := person(fmt.Sprintf("s%02d", i), rapid.SampledFrom(pool).Draw(t, "listed"))
			if rapid.Bool().Draw(t, "numbered") {
				s.Entries[0].Identifiers = []record.Identifier{{Type: "passport", Number: number(i % 10)}}
			}
			fate := rapid.IntRange(0, 9).Draw(t, "fate")
			if fate > 0 {
				before = append(before, s)
			}
			listed = append(listed, s.Caption)
			if fate == 2 || fate == 3 {
				drawChange(t, &s)
				listed = append(listed, s.Entries[0].Names[len(s.Entries[0].Names)-1].Full)
			}
			if fate != 1 {
				after = append(after, s)
			}
		}
		customers := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) book.Customer { return drawCustomer(t, listed) }), 0, 25).Draw(t, "book")
		o := screen.Options{Threshold: rapid.SampledFrom([]int{0, 500, 600, 800, 950, 1000}).Draw(t, "threshold")}
		x, y := untouchedAreTheSame(t, engine(t, before), engine(t, after), customers, o)
		touched, differ, all = touched+x, differ+y, all+len(customers)
	})
	if differ == 0 || touched == all {
		t.Errorf("the cases tell nothing: %d of %d customers are touched, %d have another answer", touched, all, differ)
	}
}

// In another edition the same entries stand in other files and places.
func TestAnEditionThatSaysTheSameTouchesNobody(t *testing.T) {
	var one, two []register.Subject
	var customers []book.Customer
	for i, v := range pool[:50] {
		s := person(fmt.Sprint("s", i), v)
		one = append(one, s)
		e := s.Entries[0]
		e.Edition, e.File, e.Line = "two", "b.xml", i
		s.Entries = []register.Entry{e}
		two = append(two, s)
		customers = append(customers, book.Customer{Row: i + 2, Name: v.Name})
	}
	d, err := screen.Compare(engine(t, one), engine(t, two))
	if err != nil || d.Subjects != 0 {
		t.Fatalf("%d subjects differ, %v", d.Subjects, err)
	}
	if got, err := enrolled(t, customers).Touched(d, screen.Options{}); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	// What alerts show besides the card counts.
	two[7].Entries[0].Remarks = []record.Text{{Text: "new"}}
	d, err = screen.Compare(engine(t, one), engine(t, two))
	if err != nil || d.Subjects != 1 {
		t.Fatalf("%d subjects differ, %v", d.Subjects, err)
	}
	got, err := enrolled(t, customers).Touched(d, screen.Options{})
	if err != nil || !slices.Contains(got, 7) || len(got) > 5 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := enrolled(t, customers).Touched(d, screen.Options{Threshold: 10}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a threshold that is too low: %v", err)
	}
}

func TestCustomersAreKeptAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		texts := rapid.Map(rapid.SliceOfN(text, 0, 3), func(s []string) []string {
			if len(s) == 0 {
				return nil
			}
			return s
		})
		customers := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) book.Customer {
			return book.Customer{
				Row: rapid.IntRange(0, 1<<40).Draw(t, "row"), ID: text.Draw(t, "id"), Name: text.Draw(t, "name"), Kind: text.Draw(t, "kind"),
				Aliases: texts.Draw(t, "aliases"), Births: texts.Draw(t, "births"), BirthPlaces: texts.Draw(t, "places"),
				Countries: texts.Draw(t, "countries"), Genders: texts.Draw(t, "genders"), Identifiers: texts.Draw(t, "identifiers"),
			}
		}), 0, 20).Draw(t, "customers")
		c := enrolled(t, customers)
		var places []int
		for i := range customers {
			places = append(places, len(customers)-1-i)
		}
		i := len(customers)
		for got, err := range c.Customers(places) {
			if i--; err != nil || cmp.Diff(customers[i], got) != "" {
				t.Fatalf("%v: %s", err, cmp.Diff(customers[i], got))
			}
		}
		if i != 0 || c.Len() != len(customers) {
			t.Fatalf("%d are missing of %d", i, c.Len())
		}
	})
}

// A book of many batches, of which few customers are touched.
func TestALargeBookIsTouchedWhereItMustBe(t *testing.T) {
	var customers []book.Customer
	for i, v := range mutate.Invent(33, 9000) {
		customers = append(customers, book.Customer{Row: i + 2, Name: v.Name, Identifiers: []string{fmt.Sprintf("C%07d", i)}})
	}
	var before, after []register.Subject
	for i, v := range mutate.Invent(34, 300) {
		s := person(fmt.Sprint("s", i), v)
		if i < 290 {
			before = append(before, s)
		}
		if i >= 10 {
			after = append(after, s)
		}
	}
	after[5].Entries[0].Identifiers = []record.Identifier{{Type: "passport", Number: "C 0008999"}}
	touched, differ := untouchedAreTheSame(t, engine(t, before), engine(t, after), customers, screen.Options{Brief: true})
	if differ == 0 || touched > len(customers)/5 {
		t.Errorf("%d of %d are touched, %d differ", touched, len(customers), differ)
	}
}
