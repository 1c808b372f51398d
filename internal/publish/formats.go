package publish

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"time"

	"interdict/internal/record"
)

// listing returns the one listing of an entry.
func listing(r record.Record) record.Listing {
	if len(r.Listings) == 0 {
		return record.Listing{}
	}
	return r.Listings[0]
}

func texts(all []record.Text) []string {
	var out []string
	for _, t := range all {
		out = append(out, t.Text)
	}
	return out
}

// each returns what of yields for each, without what is empty.
func each[T any](all []T, of func(T) string) []string {
	var out []string
	for _, x := range all {
		if s := of(x); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func born(b record.Birth) string          { return b.Date.String() }
func bornIn(b record.Birth) string        { return placeText(b.Place) }
func numbered(i record.Identifier) string { return i.Type + " " + i.Number }
func nation(c record.Country) string {
	if c.Code != "" {
		return strings.ToLower(c.Code)
	}
	return c.Text
}

func placeText(p record.Place) string {
	return strings.Join(each([]string{p.City, p.Region, p.Country, p.Text}, func(s string) string { return s }), ", ")
}

func addressText(a record.Address) string {
	return strings.Join(each([]string{a.Street, a.City, a.Region, a.PostCode, a.Country, a.Text}, func(s string) string { return s }), ", ")
}

// status is "listed", or "ended" of an entry that is in force no longer.
func status(r record.Record) string {
	if listing(r).Ended {
		return "ended"
	}
	return "listed"
}

var csvHead = []string{"reference", "status", "kind", "name", "aliases", "weak_aliases", "born", "born_in", "nationalities", "identifiers", "addresses", "listed_on", "ended_on", "measures", "legal_bases", "reasons", "decided"}

// writeCSV writes every entry, ended ones too; what is several is parted by " | ".
func writeCSV(i Issue, _ time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(csvHead); err != nil {
		return nil, err
	}
	join := func(all []string) string { return strings.Join(all, " | ") }
	for _, e := range i.Entries {
		r, l := e.Record, listing(e.Record)
		var aliases, weak []string
		for _, n := range r.Names {
			switch {
			case n.Full == r.PrimaryName():
			case n.Quality == record.Weak:
				weak = append(weak, n.Full)
			default:
				aliases = append(aliases, n.Full)
			}
		}
		if err := w.Write([]string{
			r.Key, status(r), string(r.Kind), r.PrimaryName(), join(aliases), join(weak), join(each(r.Births, born)), join(each(r.Births, bornIn)),
			join(each(r.Nationalities, nation)), join(each(r.Identifiers, numbered)), join(each(r.Addresses, addressText)), l.ListedOn.String(), l.Delisted.String(),
			join(texts(l.Measures)), join(texts(l.LegalBases)), join(texts(l.Reasons)), e.Decided.UTC().Format(time.RFC3339),
		}); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// entity is a line of FollowTheMoney.
type entity struct {
	ID         string              `json:"id"`
	Caption    string              `json:"caption"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
	Datasets   []string            `json:"datasets"`
	Target     bool                `json:"target,omitempty"`
}

var schemata = map[record.Kind]string{
	record.Person: "Person", record.Organisation: "Organization", record.Vessel: "Vessel", record.Aircraft: "Airplane", record.Wallet: "CryptoWallet",
}

// writeFTM writes each entry as a subject and its sanction (FollowTheMoney 4.5).
func writeFTM(i Issue, _ time.Time) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, e := range i.Entries {
		r, l := e.Record, listing(e.Record)
		s := entity{r.Key, r.PrimaryName(), schemata[r.Kind], map[string][]string{}, []string{"own"}, !l.Ended}
		if s.Schema == "" {
			s.Schema = "LegalEntity"
		}
		put := func(on map[string][]string, name string, values ...string) {
			if len(values) > 0 {
				on[name] = append(on[name], values...)
			}
		}
		for _, n := range r.Names {
			switch {
			case n.Full == r.PrimaryName():
				put(s.Properties, "name", n.Full)
			case n.Quality == record.Weak:
				put(s.Properties, "weakAlias", n.Full)
			case n.Type == record.Former:
				put(s.Properties, "previousName", n.Full)
			default:
				put(s.Properties, "alias", n.Full)
			}
		}
		nationality := "country"
		if r.Kind == record.Person {
			nationality = "nationality"
			put(s.Properties, "birthDate", each(r.Births, born)...)
			put(s.Properties, "birthPlace", each(r.Births, bornIn)...)
		}
		put(s.Properties, nationality, each(r.Nationalities, nation)...)
		put(s.Properties, "idNumber", each(r.Identifiers, func(i record.Identifier) string { return i.Number })...)
		put(s.Properties, "address", each(r.Addresses, addressText)...)
		if !l.Ended {
			put(s.Properties, "topics", "sanction")
		}
		x := entity{r.Key + "-sanction", r.Key, "Sanction", map[string][]string{"entity": {r.Key}, "authority": {l.Authority}, "authorityId": {l.Reference}, "status": {status(r)}}, []string{"own"}, false}
		put(x.Properties, "startDate", each([]string{l.ListedOn.String()}, func(s string) string { return s })...)
		put(x.Properties, "endDate", each([]string{l.Delisted.String()}, func(s string) string { return s })...)
		put(x.Properties, "reason", texts(l.Reasons)...)
		put(x.Properties, "provisions", texts(l.Measures)...)
		put(x.Properties, "program", texts(l.Programmes)...)
		for _, line := range []entity{s, x} {
			if err := enc.Encode(line); err != nil {
				return nil, err
			}
		}
	}
	return b.Bytes(), nil
}
