package screen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"interdict/internal/date"
	"interdict/internal/index"
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// person is a listed subject: a person unless change says otherwise.
func person(name string, change ...func(*register.Entry)) register.Subject {
	e := register.Entry{Record: record.Record{Source: "test", Key: name, Listings: []record.Listing{{Reference: "T." + name}}}}
	e.Kind = record.Person
	e.Names = []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}}
	for _, c := range change {
		c(&e)
	}
	return register.Subject{ID: "s-" + name, Kind: e.Kind, Caption: name, Entries: []register.Entry{e}}
}

func alias(name string, q record.Quality) func(*register.Entry) {
	return func(e *register.Entry) {
		e.Names = append(e.Names, record.Name{Full: name, Type: record.Alias, Quality: q})
	}
}

func organisation(e *register.Entry) { e.Kind = record.Organisation }

func ended(e *register.Entry) { e.Listings[0].Ended = true }

func bornOn(dates ...string) func(*register.Entry) {
	return func(e *register.Entry) {
		for _, d := range dates {
			e.Births = append(e.Births, record.Birth{Date: day(d)})
		}
	}
}

func numbered(kind, number string) func(*register.Entry) {
	return func(e *register.Entry) {
		e.Identifiers = append(e.Identifiers, record.Identifier{Type: kind, Number: number})
	}
}

func day(text string) date.Partial {
	d, err := date.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func engine(t testing.TB, subjects ...register.Subject) *screen.Engine {
	t.Helper()
	all, err := screen.Subjects(register.Snapshot{ID: "snap", Subjects: subjects})
	if err != nil {
		t.Fatal(err)
	}
	seg, err := index.Build(all)
	if err != nil {
		t.Fatal(err)
	}
	return screen.New(index.New(seg), "snap", "a notice")
}

// invented is a register of n invented names in all cultures. Every seventh has
// a weak alias, every ninth has ended, every eleventh has a birth and a number.
func invented(t testing.TB, n int) (*screen.Engine, []mutate.Invented) {
	t.Helper()
	names := mutate.Invent(11, n)
	weak := mutate.Invent(12, n)
	var all []register.Subject
	for i, x := range names {
		s := person(x.Name, func(e *register.Entry) {
			if x.Organisation {
				organisation(e)
			}
			if i%7 == 0 {
				alias(weak[i].Name, record.Weak)(e)
			}
			if i%9 == 0 {
				ended(e)
			}
			if i%11 == 0 {
				bornOn("1957-03-02")(e)
				numbered("passport", fmt.Sprintf("P %06d", i))(e)
			}
		})
		s.ID = fmt.Sprintf("s-%04d", i)
		all = append(all, s)
	}
	return engine(t, all...), names
}

func ask(t testing.TB, e *screen.Engine, q screen.Query, o screen.Options) screen.Answer {
	t.Helper()
	a, err := e.Name(q, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func hitOf(hits []screen.Hit, subject string) *screen.Hit {
	for i := range hits {
		if hits[i].Subject == subject {
			return &hits[i]
		}
	}
	return nil
}
