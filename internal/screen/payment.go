package screen

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/index"
	"interdict/internal/payment"
)

// PaymentAnswer is the answer to one payment message.
type PaymentAnswer struct {
	Document string `json:"document"`
	Message  string `json:"message"`
	Status   Status `json:"status"`
	Reason   string `json:"reason,omitempty"`
	Stamp
	Threshold Ratio             `json:"threshold"`
	Evidence  map[string]string `json:"evidence,omitempty"`
	Fields    int               `json:"fields"` // texts screened
	Warnings  []string          `json:"warnings,omitempty"`
	Mentions  []Mention         `json:"mentions"`
}

// Payment screens a message: the names of parties and banks as names, with
// what the message says of their birth and country; every other text as text;
// every number as an identifier. A message without a text was not screened.
func (e *Engine) Payment(file string, m payment.Message, o Options) (PaymentAnswer, error) {
	a := PaymentAnswer{Document: file, Message: m.Kind, Stamp: e.stamp(), Threshold: Ratio(10 * o.threshold()), Evidence: m.Evidence, Warnings: m.Warnings, Mentions: []Mention{}}
	seen := map[string]bool{} // fields of a group stand in each of its transactions
	for _, t := range m.Transactions {
		parties := partiesOf(t.Fields)
		for _, f := range t.Fields {
			k := f.Path + "\x00" + f.Text
			if seen[k] {
				continue
			}
			seen[k] = true
			ms, screened, err := e.field(f, parties[f.Party], o)
			if err != nil {
				return a, fmt.Errorf("screening %s, %s: %w", file, f.Path, err)
			}
			if screened {
				a.Fields++
			}
			a.Mentions = append(a.Mentions, ms...)
		}
	}
	switch {
	case len(a.Mentions) > 0:
		a.Status = Hits
	case a.Fields == 0:
		a.Status, a.Reason = NotScreened, "there is no text in the message"
	default:
		a.Status = None
	}
	return a, nil
}

// NoPayment is the answer to a message that could not be read.
func (e *Engine) NoPayment(file string, reason error, o Options) PaymentAnswer {
	return PaymentAnswer{Document: file, Status: NotScreened, Reason: reason.Error(), Stamp: e.stamp(), Threshold: Ratio(10 * o.threshold()), Mentions: []Mention{}}
}

// partiesOf gathers what a transaction says of each party besides its name.
func partiesOf(fields []payment.Field) map[string]Query {
	out := map[string]Query{}
	for _, f := range fields {
		if f.Party == "" {
			continue
		}
		q := out[f.Party]
		switch f.Class {
		case payment.BirthDate:
			if d, err := date.Parse(f.Text); err == nil {
				q.Born = append(q.Born, d)
			}
		case payment.Country:
			if _, ok := country.Code(f.Text); ok {
				q.Countries = append(q.Countries, f.Text)
			}
		}
		out[f.Party] = q
	}
	return out
}

// field screens one text of a message.
func (e *Engine) field(f payment.Field, party Query, o Options) (ms []Mention, screened bool, err error) {
	hits := map[string]Mention{}
	keep := func(m Mention) {
		m.Path = f.Path
		k := fmt.Sprint(m.Start, " ", m.End)
		if old, ok := hits[k]; ok {
			m.Hits = mergeHits(old.Hits, m.Hits)
		}
		hits[k] = m
	}
	switch f.Class {
	case payment.Country, payment.BirthDate:
		return nil, true, nil
	case payment.PartyName, payment.BankName:
		if m, ok, err := e.nameField(f, party, o); err != nil {
			return nil, false, err
		} else if ok {
			keep(m)
		}
	}
	if m, ok, err := e.keyField(f, o); err != nil {
		return nil, false, err
	} else if ok {
		keep(m)
	}
	if letters(f.Text) > 0 {
		found, err := e.text(f.Text, Options{Exhaustive: o.Exhaustive, Brief: o.Brief})
		if err != nil {
			return nil, false, err
		}
		for _, m := range found {
			keep(m)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(hits)) {
		ms = append(ms, hits[k])
	}
	slices.SortStableFunc(ms, func(a, b Mention) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return ms, true, nil
}

// nameField screens the whole text as a name.
func (e *Engine) nameField(f payment.Field, party Query, o Options) (Mention, bool, error) {
	party.Name = f.Text
	a, err := e.Name(party, o)
	if err != nil || len(a.Hits) == 0 {
		return Mention{}, false, err
	}
	return whole(f.Text, a.Hits), true, nil
}

// keyField looks the text up as an identifier.
func (e *Engine) keyField(f payment.Field, o Options) (Mention, bool, error) {
	if index.Key(f.Text) == "" {
		return Mention{}, false, nil
	}
	byKey := e.byKeys(Query{Identifiers: []string{f.Text}})
	if len(byKey) == 0 {
		return Mention{}, false, nil
	}
	hits, err := e.hits(Query{}, o, nil, byKey)
	return whole(f.Text, hits), true, err
}

func whole(text string, hits []Hit) Mention {
	return Mention{Start: 0, End: len(text), Text: text, Context: strings.Join(strings.Fields(text), " "), Hits: hits}
}

// mergeHits keeps one hit a subject, the more serious one.
func mergeHits(a, b []Hit) []Hit {
	out := slices.Clone(a)
	for _, h := range b {
		i := slices.IndexFunc(out, func(o Hit) bool { return o.Subject == h.Subject })
		switch {
		case i < 0:
			out = append(out, h)
		case rank(h.Band) < rank(out[i].Band):
			out[i] = h
		}
	}
	slices.SortStableFunc(out, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(rank(a.Band), rank(b.Band)), cmp.Compare(b.Score, a.Score))
	})
	return out
}
