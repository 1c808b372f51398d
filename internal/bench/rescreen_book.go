package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"interdict/internal/book"
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// changed makes two registers of one: of some subjects, drawn by the seed, a
// third is new in the second, a third is gone, and a third has one more spelling.
// All of the second stands in another edition.
func changed(all []register.Subject, o RescreenOptions) (before, after *screen.Engine, made *madeBook, err error) {
	c := mutate.NewChance(o.Seed)
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	mutate.Shuffle(c, order)
	fate := map[int]int{}
	for k, i := range order[:o.Changes] {
		fate[i] = 1 + k%3
	}
	made = newMadeBook(all, fate, o.Seed)
	var one, two []register.Subject
	for i, s := range all {
		if fate[i] != 1 {
			one = append(one, s)
		}
		if fate[i] != 2 {
			two = append(two, reprinted(s, i, fate[i] == 3, c))
		}
	}
	if before, err = engineOf(one, "before"); err != nil {
		return nil, nil, nil, err
	}
	after, err = engineOf(two, "after")
	return before, after, made, err
}

// reprinted is a subject in another edition, on another line of it.
func reprinted(s register.Subject, line int, renamed bool, c *mutate.Chance) register.Subject {
	s.Entries = slices.Clone(s.Entries)
	for k := range s.Entries {
		e := &s.Entries[k]
		e.Edition, e.Line = "after", line
		if k == 0 && renamed {
			e.Names = append(slices.Clone(e.Names), record.Name{Full: respelt(c, e.PrimaryName()), Type: record.Alias, Quality: record.Strong})
		}
	}
	return s
}

// madeBook is a book of customers of whom each follows from its number: names of
// nobody, a third of them spelt otherwise; a tenth, strangers of the words of
// listed names; and of each thousand one that is listed, or nearly, half of these
// an entry that changes.
type madeBook struct {
	seed   uint64
	nobody []mutate.Invented
	listed []string
	delta  []string // names of the entries that change
}

const ofNobody = 200_000

func newMadeBook(all []register.Subject, fate map[int]int, seed uint64) *madeBook {
	b := &madeBook{seed: seed, nobody: mutate.Invent(seed+1, ofNobody)}
	for i, s := range all {
		for _, e := range s.Entries {
			for _, n := range e.Names {
				if strings.TrimSpace(n.Full) == "" {
					continue
				}
				b.listed = append(b.listed, n.Full)
				if fate[i] > 0 {
					b.delta = append(b.delta, n.Full)
				}
			}
		}
	}
	return b
}

// planted reports a customer who is listed, or nearly.
func planted(i int) bool { return i%1000 == 0 }

func (b *madeBook) customer(i int) book.Customer {
	c := mutate.NewChance(mutate.NewChance(b.seed).Next() + uint64(i))
	name := mutate.Pick(c, b.nobody).Name
	switch {
	case planted(i):
		from := b.listed
		if i%2000 == 0 {
			from = b.delta
		}
		name = respelt(c, mutate.Pick(c, from))
	case i%10 == 0:
		name = b.stranger(c)
	case i%10 < 4:
		name = respelt(c, name)
	}
	born := time.Date(1930+c.N(75), 1, 1+c.N(365), 0, 0, 0, 0, time.UTC)
	return book.Customer{
		Row: i + 2, ID: fmt.Sprintf("C-%08d", i), Name: name, Births: []string{born.Format(time.DateOnly)},
		Countries: []string{mutate.Pick(c, []string{"DE", "EG", "RU", "IR", "CN", "GB", "TR", "PK"})}, Identifiers: []string{fmt.Sprintf("P%09d", c.N(1e9))},
	}
}

var mutations = sync.OnceValue(mutate.All)

// respelt is a name in another way, by the first mutation drawn that fits.
func respelt(c *mutate.Chance, name string) string {
	for range tries {
		if changed, ok := mutate.Pick(c, mutations()).Apply(c.Next(), name); ok {
			return changed
		}
	}
	return name
}

// stranger is a name of two or three words, each of another listed name.
func (b *madeBook) stranger(c *mutate.Chance) string {
	var words []string
	for range 2 + c.N(2) {
		words = append(words, mutate.Pick(c, strings.Fields(mutate.Pick(c, b.listed))))
	}
	return strings.Join(words, " ")
}

// compare screens a sample of the book, all planted customers among it, whole on
// both registers: nobody with another answer may be untouched.
func (r *rescreening) compare(context.Context) error {
	d, err := screen.Compare(r.before, r.after)
	if err != nil {
		return err
	}
	places, err := r.kept.Touched(d, brief)
	if err != nil {
		return err
	}
	c, of := mutate.NewChance(r.o.Seed), max(1, r.o.Customers/r.o.Sample)
	var sample []int
	for i := range r.o.Customers {
		if c.N(of) == 0 || planted(i) {
			sample = append(sample, i)
		}
	}
	errs := make([]error, len(sample))
	differs := each(len(sample), func() func(int) bool {
		return func(k int) bool {
			customer := r.book.customer(sample[k])
			was, _, err := r.before.Customer(customer, screen.Options{})
			if err == nil {
				var is screen.Answer
				if is, _, err = r.after.Customer(customer, screen.Options{}); err == nil {
					return !sameAnswer(was, is)
				}
			}
			errs[k] = err
			return false
		}
	})
	r.out.Sample = len(sample)
	for k, differs := range differs {
		if errs[k] != nil {
			return fmt.Errorf("customer %d: %w", sample[k], errs[k])
		}
		if !differs {
			continue
		}
		r.out.Differ++
		if _, ok := slices.BinarySearch(places, sample[k]); !ok {
			r.out.Missed++
			r.out.Examples = append(r.out.Examples, r.book.customer(sample[k]).Name)
		}
	}
	r.out.Examples = r.out.Examples[:min(10, len(r.out.Examples))]
	return nil
}

// sameAnswer compares two answers but for their registers.
func sameAnswer(a, b screen.Answer) bool {
	a.Stamp, b.Stamp = screen.Stamp{}, screen.Stamp{}
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
