package screen

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/name"
	"interdict/internal/record"
	"interdict/internal/register"
)

// Card is what an answer says of a subject, and what qualifies a hit.
type Card struct {
	Subject   string        `json:"subject"`
	Caption   string        `json:"caption"`
	Schema    record.Kind   `json:"schema"`
	Names     []CardName    `json:"names"`
	Births    []Interval    `json:"births,omitempty"`
	Countries []string      `json:"countries,omitempty"`
	Genders   []string      `json:"genders,omitempty"`
	Keys      []CardKey     `json:"keys,omitempty"`
	Listings  []CardListing `json:"listings"`
	Ended     bool          `json:"ended,omitempty"` // every listing has ended
}

// CardName is one listed name, in the order of the index.
type CardName struct {
	Text  string `json:"text"`
	Weak  bool   `json:"weak,omitempty"`  // of low quality by the list's own word
	Short bool   `json:"short,omitempty"` // given and family name of a longer one, taken by us; for texts only
}

// CardKey is an identifier as the exact index compares it.
type CardKey struct {
	Key    string `json:"key"`
	Type   string `json:"type"`
	Number string `json:"number"` // as the list prints it
}

// CardListing is one listing as answers name it.
type CardListing struct {
	Source     string   `json:"source"`
	Authority  string   `json:"authority,omitempty"`
	Reference  string   `json:"reference"`        // the list's own key where it has no reference
	ByKey      bool     `json:"by_key,omitempty"` // the reference is that key
	Since      string   `json:"since,omitempty"`
	Programmes []string `json:"programmes,omitempty"`
	Ended      bool     `json:"ended,omitempty"`
}

// Interval is an uncertain date.
type Interval struct {
	From, To  date.Civil
	Precision date.Precision
	Circa     bool
}

func (i Interval) partial() date.Partial {
	return date.Partial{From: i.From, To: i.To, Precision: i.Precision, Circa: i.Circa}
}

// NewCard sums a subject of the register up.
func NewCard(s register.Subject) Card {
	c := Card{Subject: s.ID, Caption: s.Caption, Schema: s.Kind, Listings: []CardListing{}, Ended: true}
	for _, e := range s.Entries {
		c.entry(e)
	}
	c.shorten()
	if len(c.Listings) == 0 {
		c.Ended = false
	}
	slices.Sort(c.Countries)
	c.Countries = slices.Compact(c.Countries)
	slices.Sort(c.Genders)
	c.Genders = slices.Compact(c.Genders)
	return c
}

func (c *Card) entry(e register.Entry) {
	for _, n := range e.Names {
		c.name(n.Full, n.Quality == record.Weak)
		for _, b := range n.Births {
			c.birth(b)
		}
	}
	for _, text := range e.Earlier {
		c.name(text, false)
	}
	for _, b := range e.Births {
		c.birth(b)
	}
	for _, list := range [][]record.Country{e.Nationalities, e.Citizenships, e.Countries} {
		for _, x := range list {
			c.country(x.Code)
		}
	}
	for _, a := range e.Addresses {
		c.country(a.Code)
	}
	for _, g := range e.Genders {
		if known := gender(g.Text); known != "" {
			c.Genders = append(c.Genders, known)
		}
	}
	for _, id := range e.Identifiers {
		if k := index.Key(id.Number); k != "" {
			c.Keys = append(c.Keys, CardKey{k, id.Type, id.Number})
		}
	}
	for _, l := range e.Listings {
		c.listing(e, l)
	}
}

func (c *Card) name(text string, weak bool) {
	if text == "" {
		return
	}
	for _, part := range unbracketed(text, c.Schema) {
		c.name(part, weak)
	}
	for i, n := range c.Names {
		if n.Text == text {
			c.Names[i].Weak = n.Weak && weak
			return
		}
	}
	c.Names = append(c.Names, CardName{Text: text, Weak: weak})
}

func (c *Card) birth(b record.Birth) {
	if b.Date.Known() {
		i := Interval{b.Date.From, b.Date.To, b.Date.Precision, b.Date.Circa}
		if !slices.Contains(c.Births, i) {
			c.Births = append(c.Births, i)
		}
	}
	c.country(b.Place.Code)
}

func (c *Card) country(code string) {
	if code != "" {
		c.Countries = append(c.Countries, code)
	}
}

func (c *Card) listing(e register.Entry, l record.Listing) {
	out := CardListing{Source: e.Source, Authority: l.Authority, Reference: l.Reference, Ended: l.Ended}
	if out.Reference == "" {
		out.Reference, out.ByKey = e.Key, true
	}
	if !l.ListedOn.IsZero() {
		out.Since = l.ListedOn.String()
	}
	for _, p := range l.Programmes {
		out.Programmes = append(out.Programmes, p.Text)
	}
	c.Ended = c.Ended && l.Ended
	c.Listings = append(c.Listings, out)
}

func gender(s string) string {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "m", "male", "man", "männlich", "homme", "мужской":
		return "male"
	case "f", "female", "woman", "femme", "weiblich", "женский":
		return "female"
	}
	return ""
}

// Subjects prepares a register snapshot for the index. The payload of each is
// its card and, behind it, the whole subject.
func Subjects(snap register.Snapshot) ([]index.Subject, error) {
	out := make([]index.Subject, 0, len(snap.Subjects))
	for _, s := range snap.Subjects {
		x, err := Listed(s)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// Listed prepares one subject.
func Listed(s register.Subject) (index.Subject, error) {
	c := NewCard(s)
	payload, err := pack(c, s)
	if err != nil {
		return index.Subject{}, fmt.Errorf("packing subject %s: %w", s.ID, err)
	}
	return c.indexed(s.ID, payload), nil
}

// indexed is what the index knows of a subject; all of it stands in the card.
func (c *Card) indexed(id string, payload []byte) index.Subject {
	x := index.Subject{ID: id, Kinds: kinds(c.Schema), Payload: payload}
	for _, n := range c.Names {
		x.Names = append(x.Names, n.Text)
	}
	for _, k := range c.Keys {
		x.Keys = append(x.Keys, k.Key)
	}
	return x
}

func kinds(k record.Kind) []name.Kind {
	switch k {
	case record.Person:
		return []name.Kind{name.AsPerson}
	case record.Unknown, "":
		return []name.Kind{name.AsPerson, name.AsOrganisation}
	}
	return []name.Kind{name.AsOrganisation}
}

// pack writes the length of the card, the card and the subject.
func pack(c Card, s register.Subject) ([]byte, error) {
	card, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	whole, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(card)))
	return append(append(out, card...), whole...), nil
}

func cut(payload []byte) (card, whole []byte, err error) {
	if len(payload) < 4 {
		return nil, nil, errPayload
	}
	n := uint64(binary.LittleEndian.Uint32(payload))
	if uint64(len(payload)-4) < n {
		return nil, nil, errPayload
	}
	return payload[4 : 4+n], payload[4+n:], nil
}

var errPayload = fault.New(fault.Corrupt, "a stored subject is cut off")

// Subject reads the whole subject out of a payload of the index.
func Subject(payload []byte) (register.Subject, error) {
	_, whole, err := cut(payload)
	if err != nil {
		return register.Subject{}, err
	}
	var s register.Subject
	if err := json.Unmarshal(whole, &s); err != nil {
		return s, fault.As(fault.Corrupt, fmt.Errorf("reading a stored subject: %w", err))
	}
	return s, nil
}

// ReadCard reads the card out of a payload of the index.
func ReadCard(payload []byte) (Card, error) {
	card, _, err := cut(payload)
	if err != nil {
		return Card{}, err
	}
	var c Card
	if err := json.Unmarshal(card, &c); err != nil {
		return c, fault.As(fault.Corrupt, fmt.Errorf("reading a stored card: %w", err))
	}
	return c, nil
}

// codes maps countries as given to codes; what no table knows is left out.
func codes(texts []string) []string {
	var out []string
	for _, t := range texts {
		if c, ok := country.Code(t); ok {
			out = append(out, c)
		}
	}
	return out
}
