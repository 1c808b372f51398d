package screen

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/payment"
)

// PaymentAnswer is the answer to one payment message.
type PaymentAnswer struct {
	Document string `json:"document"`
	Message  string `json:"message"`
	Status   Status `json:"status"`
	Reason   string `json:"reason,omitempty"`
	Stamp
	Threshold Ratio             `json:"threshold"` // of names; texts are searched at 0.85
	Evidence  map[string]string `json:"evidence,omitempty"`
	Fields    int               `json:"fields"` // texts screened
	Warnings  []string          `json:"warnings,omitempty"`
	Mentions  []Mention         `json:"mentions"`
}

// Payment screens a message: the names of parties and banks as names, with
// what the message says of their birth and country; every other text as text;
// every number as an identifier. A message without a text was not screened.
func (e *Engine) Payment(file string, m payment.Message, o Options) (PaymentAnswer, error) {
	a := e.blankPayment(file, o)
	a.Message, a.Evidence, a.Warnings = m.Kind, m.Evidence, m.Warnings
	seen := map[string]bool{} // fields of a group stand in each of its transactions
	before := map[said][]Mention{}
	for _, t := range m.Transactions {
		parties := partiesOf(t.Fields)
		for _, f := range t.Fields {
			k := f.Path + "\x00" + f.Text
			if seen[k] {
				continue
			}
			seen[k] = true
			ms, err := e.field(f, parties[f.Party], before, o)
			if err != nil {
				return a, fmt.Errorf("screening %s, %s: %w", file, f.Path, err)
			}
			a.Fields++
			a.Mentions = append(a.Mentions, ms...)
		}
	}
	a.Mentions = together(a.Mentions)
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
	a := e.blankPayment(file, o)
	a.Status, a.Reason = NotScreened, because(reason)
	return a
}

func (e *Engine) blankPayment(file string, o Options) PaymentAnswer {
	return PaymentAnswer{Document: file, Stamp: e.stamp(), Threshold: Ratio(10 * o.NameThreshold()), Mentions: []Mention{}}
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

// said is a text of a message, as the name of a party or bank or as text.
type said struct {
	text  string
	named bool
}

// field screens one text of a message, or takes what an equal text before it in
// the message gave: transactions repeat codes, banks and whoever orders them.
func (e *Engine) field(f payment.Field, party Query, before map[said][]Mention, o Options) ([]Mention, error) {
	if qualifies(f) {
		return nil, nil
	}
	k := said{f.Text, f.Class == payment.PartyName || f.Class == payment.BankName}
	alike := !k.named || len(party.Born)+len(party.Countries) == 0 // nothing but the text counts
	ms, known := before[k]
	if !known || !alike {
		var err error
		if ms, err = e.said(k, party, o); err != nil {
			return nil, err
		}
		if alike {
			before[k] = ms
		}
	}
	out := slices.Clone(ms)
	for i := range out {
		out[i].Path = f.Path
		if f.Variant != "" {
			out[i].Variants = []string{f.Variant}
		}
	}
	return out, nil
}

// said finds the mentions in a text of a message.
func (e *Engine) said(s said, party Query, o Options) ([]Mention, error) {
	var ms []Mention
	if s.named {
		party.Name = s.text
		a, err := e.Name(party, o)
		if err != nil {
			return nil, err
		}
		ms = whole(ms, s.text, a.Hits)
	}
	hits, err := e.identified(s.text, o)
	if err != nil {
		return nil, err
	}
	ms = whole(ms, s.text, hits)
	search := e.text
	if letters(s.text) == 0 {
		search = e.numbers
	}
	found, err := search(s.text, o)
	if err != nil {
		return nil, err
	}
	return oneASpan(append(ms, found...)), nil
}

// qualifies reports a field that is a country's code or a day of birth and
// nothing else: it qualifies the hits of its party.
func qualifies(f payment.Field) bool {
	switch f.Class {
	case payment.Country:
		_, known := country.Code(f.Text)
		return known && len(f.Text) <= 3 // longer ones may be somebody's name too
	case payment.BirthDate:
		_, err := date.Parse(f.Text)
		return err == nil
	}
	return false
}

// together makes one mention of those that repeat each other: the same words at
// the same element, read in several ways, with blanks or without; and words
// that joined elements say as one of them does alone.
func together(ms []Mention) []Mention {
	out := []Mention{}
	at := map[[2]string]int{} // element and letters -> mention of out
	for _, m := range ms {
		k := [2]string{m.Path, strings.Join(strings.Fields(m.Text), "")}
		i, have := at[k]
		if alone, joined := strings.CutSuffix(m.Path, "[*]"); joined && !have {
			i = slices.IndexFunc(out, func(o Mention) bool { return o.Text == m.Text && sibling(o.Path, alone) })
			have = i >= 0
		}
		if !have {
			at[k] = len(out)
			out = append(out, m)
			continue
		}
		at[k] = i
		out[i].join(m)
	}
	return out
}

// sibling reports that a path is one of the equal-named elements at base.
func sibling(path, base string) bool {
	rest, ok := strings.CutPrefix(path, base)
	return ok && (rest == "" || rest[0] == '[' && strings.IndexByte(rest, ']') == len(rest)-1)
}

// join takes in a mention of the same words. It shows those of the more serious
// one.
func (m *Mention) join(other Mention) {
	if other.Path == m.Path && bySeriousness(other.Hits[0], m.Hits[0]) < 0 {
		m.Start, m.End, m.Text, m.Context = other.Start, other.End, other.Text, other.Context
	}
	m.Hits = mergeHits(m.Hits, other.Hits)
	if len(m.Variants) > 0 && len(other.Variants) > 0 {
		for _, v := range other.Variants {
			if !slices.Contains(m.Variants, v) {
				m.Variants = append(m.Variants, v)
			}
		}
	} else {
		m.Variants = nil // as it stands
	}
	if other.Path == m.Path {
		return
	}
	if m.Paths == nil {
		m.Paths = []string{m.Path}
	}
	if !slices.Contains(m.Paths, other.Path) {
		m.Paths = append(m.Paths, other.Path)
	}
}

// whole adds a mention of the whole text, if there are hits.
func whole(ms []Mention, text string, hits []Hit) []Mention {
	if len(hits) == 0 {
		return ms
	}
	return append(ms, Mention{End: len(text), Text: text, Context: strings.Join(strings.Fields(text), " "), Hits: hits})
}
