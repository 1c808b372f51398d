package clerk

import (
	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// who is a subject as people write it in a command. Dates may be uncertain
// ("1957", "about 1970", "1960-02"), countries are ISO codes or names.
type who struct {
	Kind          record.Kind `json:"kind" enum:"person,organisation,vessel,aircraft,wallet"`
	Names         []whoName   `json:"names" minItems:"1" doc:"the primary name first"`
	Born          []string    `json:"born,omitempty" doc:"dates as far as they are known: 1957, about 1970, 1960-02-23"`
	BornIn        string      `json:"born_in,omitempty"`
	Nationalities []string    `json:"nationalities,omitempty"`
	Countries     []string    `json:"countries,omitempty" doc:"other ties: residence, registration"`
	Identifiers   []whoPaper  `json:"identifiers,omitempty"`
	Addresses     []string    `json:"addresses,omitempty"`
	Positions     []string    `json:"positions,omitempty"`
	Remarks       string      `json:"remarks,omitempty"`
}

// whoName is one name of a subject.
type whoName struct {
	Full     string `json:"full"`
	Weak     bool   `json:"weak,omitempty" doc:"a weak alias: short, common, or a nickname"`
	Former   bool   `json:"former,omitempty"`
	Language string `json:"language,omitempty"`
}

// whoPaper is an identifier of a subject.
type whoPaper struct {
	Type    string `json:"type" doc:"passport, national-id, tax, registration, imo, mmsi, bic, lei, wallet, account, email, phone, other"`
	Number  string `json:"number"`
	Country string `json:"country,omitempty"`
}

// subject returns the subject as the house keeps it. What cannot be read is
// Invalid and named.
func (w who) subject() (record.Subject, error) {
	s := record.Subject{Kind: w.Kind}
	if len(w.Names) == 0 {
		return s, fault.New(fault.Invalid, "a subject without a name")
	}
	for i, n := range w.Names {
		name := record.Name{Full: n.Full, Type: record.Alias, Quality: record.Unspecified, Language: n.Language}
		switch {
		case n.Full == "":
			return s, fault.New(fault.Invalid, "names[%d] is empty", i)
		case n.Former:
			name.Type, name.Quality = record.Former, record.FormerName
		case n.Weak:
			name.Quality = record.Weak
		case i == 0:
			name.Type, name.Quality = record.Primary, record.Strong
		}
		s.Names = append(s.Names, name)
	}
	for i, text := range w.Born {
		d, err := date.Parse(text)
		if err != nil {
			return s, fault.New(fault.Invalid, "born[%d]: %w", i, err)
		}
		s.Births = append(s.Births, record.Birth{Date: d})
	}
	if w.BornIn != "" {
		if len(s.Births) == 0 {
			s.Births = append(s.Births, record.Birth{})
		}
		s.Births[0].Place = record.Place{Text: w.BornIn}
	}
	for _, n := range w.Nationalities {
		s.Nationalities = append(s.Nationalities, countryOf(n))
	}
	for _, n := range w.Countries {
		s.Countries = append(s.Countries, countryOf(n))
	}
	for i, p := range w.Identifiers {
		if p.Type == "" || p.Number == "" {
			return s, fault.New(fault.Invalid, "identifiers[%d]: want a type and a number", i)
		}
		s.Identifiers = append(s.Identifiers, record.Identifier{Type: p.Type, Number: p.Number, Country: p.Country, Code: countryOf(p.Country).Code})
	}
	for _, a := range w.Addresses {
		s.Addresses = append(s.Addresses, record.Address{Text: a})
	}
	for _, p := range w.Positions {
		s.Positions = append(s.Positions, record.Text{Text: p})
	}
	if w.Remarks != "" {
		s.Remarks = []record.Text{{Text: w.Remarks}}
	}
	return s, nil
}

func countryOf(text string) record.Country {
	code, _ := country.Code(text)
	return record.Country{Text: text, Code: code}
}

// partial reads an uncertain date that must be there.
func partial(text string) (date.Partial, error) {
	d, err := date.Parse(text)
	if err == nil && !d.Known() {
		err = fault.New(fault.Invalid, "%q is no date", text)
	}
	return d, err
}
