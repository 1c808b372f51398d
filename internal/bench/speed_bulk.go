package bench

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/book"
	"interdict/internal/document"
	"interdict/internal/index"
	"interdict/internal/mutate"
	"interdict/internal/payment"
	"interdict/internal/screen"
)

// texts are the queries: mutated listed names and names of nobody in turn.
func (m *speeding) texts() []string {
	a := newAsker(m.listed, m.o.Seed)
	nobody := m.nobody(m.o.Seed+1, m.o.Queries)
	c := mutate.NewChance(m.o.Seed)
	var out []string
	for i := range m.o.Queries / 2 {
		text, _ := a.mutated(c, a.mutations[i%len(a.mutations)])
		stranger := nobody[2*i+1]
		if isName(text) && isName(stranger) {
			out = append(out, text, stranger)
		}
	}
	return out
}

func isName(text string) bool {
	_, err := index.NewProbe(text)
	return err == nil
}

// bulk measures how many units a second of processor time pass; the first run
// meets words that are new and does not count.
func (m *speeding) bulk(what, unit string, units float64, run func() error) error {
	var rates []float64
	for i := range m.o.Runs + 1 {
		start := processTime()
		if err := run(); err != nil {
			return fmt.Errorf("measuring %s: %w", what, err)
		}
		if spent := processTime() - start; i > 0 {
			rates = append(rates, units/max(spent, time.Microsecond).Seconds())
		}
	}
	m.add(what, unit, rates)
	return nil
}

// customers are names of nobody with what a book has besides: once all drawn by
// chance, once as books are where houses of a group and accounts repeat customers.
func (m *speeding) customers() error {
	nobody := m.nobody(m.o.Seed+2, 5*m.o.Queries)
	if err := m.book("customers of a book, in memory", nobody); err != nil {
		return err
	}
	c := mutate.NewChance(m.o.Seed)
	again := slices.Clone(nobody)
	for i := 1; i < len(again); i++ {
		if c.N(3) == 0 {
			again[i] = again[c.N(i)]
		}
	}
	return m.book("customers of a book, every third named as one before", again)
}

// book measures the screening of a book with one worker.
func (m *speeding) book(what string, names []string) error {
	customers := func(yield func(book.Customer, error) bool) {
		for i, n := range names {
			if !yield(book.Customer{Row: i + 2, Name: n}, nil) {
				return
			}
		}
	}
	run := screen.Run{Options: screen.Options{Brief: true}, Workers: 1}
	return m.bulk(what, "names/s", float64(len(names)), func() error {
		return m.e.Book(context.Background(), customers, run, func(r screen.Row) error { return r.Err })
	})
}

// documents are made texts, and those given.
func (m *speeding) documents() error {
	samples := []Sample{
		{"English prose", []byte(mutate.English.Prose(m.o.Seed, m.o.Bytes))},
		{"Russian prose", []byte(mutate.Russian.Prose(m.o.Seed, m.o.Bytes))},
		{"text of listed names only", []byte(m.dense())},
	}
	for _, s := range append(samples, m.o.Documents...) {
		t := document.Text{Body: string(s.Body), Format: "txt"}
		err := m.bulk("document, "+s.Name, "MB/s", float64(len(t.Body))/1e6, func() error {
			_, err := m.e.Document(s.Name, t, screen.Options{Brief: true})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dense is a text that consists of listed names, an eighth of the size of the
// others: the worst that a document can be.
func (m *speeding) dense() string {
	a := newAsker(m.listed, m.o.Seed)
	c := mutate.NewChance(m.o.Seed)
	var b strings.Builder
	for i := 0; b.Len() < m.o.Bytes/8; i++ {
		b.WriteString(a.listed(c))
		b.WriteString(", ")
		if i%20 == 19 {
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

// payments are the files given, again and again.
func (m *speeding) payments() error {
	if len(m.o.Payments) == 0 {
		return nil
	}
	round := func() (messages int, err error) {
		for _, s := range m.o.Payments {
			for msg, err := range payment.Read(s.Name, bytes.NewReader(s.Body)) {
				if err != nil {
					continue // a message that cannot be read is read all the same
				}
				messages++
				if _, err := m.e.Payment(s.Name, msg, screen.Options{Brief: true}); err != nil {
					return messages, err
				}
			}
		}
		return messages, nil
	}
	messages, err := round()
	if err != nil {
		return err
	}
	const rounds = 20
	return m.bulk(fmt.Sprintf("payment messages, %d in %d files, read and screened", messages, len(m.o.Payments)), "messages/s", float64(rounds*messages), func() error {
		for range rounds {
			if _, err := round(); err != nil {
				return err
			}
		}
		return nil
	})
}
