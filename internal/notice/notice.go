package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/date"
	"interdict/internal/decision"
	"interdict/internal/fault"
	"interdict/internal/record"
)

// Field is a field of a subject that a statute may publish.
type Field string

// Fields (commission.md 5, publication.public_fields).
const (
	Names         Field = "names"
	Birth         Field = "dob"
	BirthPlace    Field = "pob"
	Nationalities Field = "nationality"
	Identifiers   Field = "ids"
	MaskedIDs     Field = "ids_masked" // the last four symbols
	Addresses     Field = "addresses"
	Links         Field = "links"
)

// List is what the commission's own list says of itself.
type List struct {
	Source    string // short id, "own"
	Authority string
	Programme string
	Basis     []string // legal acts
	Measures  []string // what a freeze does: asset_freeze, no_funds …
	Fields    []Field  // public; names always are
	Zone      *time.Location
	Guidance  string // what institutions must do; attached to every notice
	Recourse  string // where and how to petition
	NoReasons bool   // the law publishes none
}

// Reference returns the reference of a decision in the list.
func (l List) Reference(p decision.Public) string {
	return strings.ToUpper(l.Source) + "-" + p.ID.String()
}

// public returns the part of a subject that may be published: never a note, a
// remark or a place in a file.
func (l List) public(s record.Subject) record.Subject {
	may := func(f Field) bool { return slices.Contains(l.Fields, f) }
	out := record.Subject{Kind: s.Kind}
	for _, n := range s.Names {
		n.Births, n.Note, n.At = nil, "", ""
		out.Names = append(out.Names, n)
	}
	for _, b := range s.Births {
		kept := record.Birth{}
		if may(Birth) {
			kept.Date = b.Date
		}
		if may(BirthPlace) {
			kept.Place = b.Place
		}
		if kept != (record.Birth{}) {
			out.Births = append(out.Births, kept)
		}
	}
	if may(Nationalities) {
		for _, c := range s.Nationalities {
			out.Nationalities = append(out.Nationalities, record.Country{Role: c.Role, Text: c.Text, Code: c.Code})
		}
		for _, c := range s.Citizenships {
			out.Citizenships = append(out.Citizenships, record.Country{Role: c.Role, Text: c.Text, Code: c.Code})
		}
	}
	if may(Addresses) {
		for _, a := range s.Addresses {
			a.Note, a.At = "", ""
			out.Addresses = append(out.Addresses, a)
		}
	}
	if may(Links) {
		for _, k := range s.Links {
			k.Note, k.At = "", ""
			out.Links = append(out.Links, k)
		}
	}
	if may(Identifiers) || may(MaskedIDs) {
		for _, i := range s.Identifiers {
			if !may(Identifiers) {
				i = record.Identifier{Type: i.Type, Number: mask(i.Number), Country: i.Country, Code: i.Code}
			}
			i.Note, i.At = "", ""
			out.Identifiers = append(out.Identifiers, i)
		}
	}
	return out
}

// mask leaves the last four symbols of a number, and none of a short one.
func mask(number string) string {
	symbols := []rune(number)
	hide := max(len(symbols)-4, min(len(symbols), 4))
	return strings.Repeat("•", hide) + string(symbols[hide:])
}

// Entry returns the entry of the commission's own list that a freeze yields, or
// the same entry marked as ended once the freeze is. Other measures make no
// entry of their own: a lifting ends one, an exemption or a certificate leaves
// it as it is.
func Entry(p decision.Public, l List) (record.Record, error) {
	if p.Measure != decision.Freeze && p.Measure != decision.Amend && p.Measure != decision.Extend || p.From.IsZero() {
		return record.Record{}, fault.New(fault.Invalid, "an entry of decision %s: %s makes none", p.ID, p.Measure)
	}
	on := func(t time.Time) date.Partial {
		y, m, d := t.In(l.Zone).Date()
		return date.OnDay(y, int(m), d)
	}
	texts := func(role string, all ...string) []record.Text {
		var out []record.Text
		for _, x := range all {
			out = append(out, record.Text{Role: role, Text: x})
		}
		return out
	}
	listing := record.Listing{
		Authority: l.Authority, Reference: l.Reference(p), ListedOn: on(p.From), InForce: on(p.From),
		LegalBases: texts("basis", append(slices.Clone(l.Basis), p.Statute+" "+p.StatuteVersion)...),
		Measures:   texts("measure", l.Measures...), Reasons: l.reasons(p),
	}
	if l.Programme != "" {
		listing.Programmes = texts("programme", l.Programme)
	}
	if !p.To.IsZero() {
		listing.Delisted, listing.Ended = on(p.To), true
	}
	if !p.Until.IsZero() {
		listing.History = []record.Dated{{Role: "ends", Date: on(p.Until)}}
	}
	return record.Record{Source: l.Source, Key: l.Reference(p), Subject: l.public(p.Subject), Listings: []record.Listing{listing}}, nil
}

// Notice is a publication.
type Notice struct {
	Reference string `json:"reference,omitempty"`
	Title     string `json:"title,omitempty"`
	Body      string `json:"body,omitempty"`
}

// Hash returns the SHA-256 of the notice as 64 hexadecimal digits.
func (n Notice) Hash() string {
	sum := sha256.Sum256([]byte(n.Reference + "\n" + n.Title + "\n" + n.Body))
	return hex.EncodeToString(sum[:])
}

// titles begin a notice. What is refused is not published.
var titles = map[decision.Measure]string{
	decision.Freeze: "Freezing of funds", decision.Amend: "Amendment of a freezing", decision.Lift: "Freezing lifted",
	decision.Extend: "Freezing extended", decision.Exemption: "Exemption granted", decision.Certificate: "Certificate: not the listed person",
}

// reasons returns the reasons as far as the law publishes them.
func (l List) reasons(p decision.Public) []record.Text {
	if l.NoReasons {
		return nil
	}
	return []record.Text{{Role: "reasons", Text: p.Reasons}}
}

// Text returns the publication of a decision that is or was in force. A refusal
// is not published: who was not designated is not named. Nor is the bearer of a
// certificate; the certificate itself is the bearer's.
func Text(p decision.Public, l List) (Notice, error) {
	title, ok := titles[p.Measure]
	if !ok || p.From.IsZero() {
		return Notice{}, fault.New(fault.Invalid, "a notice of decision %s: %s is not published", p.ID, p.Measure)
	}
	n := Notice{Reference: l.Reference(p), Title: title}
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	instant := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(l.Zone).Format("2006-01-02 15:04 MST")
	}
	line("Authority", l.Authority)
	line("Reference", n.Reference)
	line("Legal basis", strings.Join(append(slices.Clone(l.Basis), p.Statute+" "+p.StatuteVersion), "; "))
	if !p.Target.IsZero() {
		line("Concerns", strings.ToUpper(l.Source)+"-"+p.Target.String())
	}
	line("In force from", instant(p.From))
	line("Ends by itself", instant(p.Until))
	line("No longer in force since", instant(p.To))
	if p.Measure != decision.Certificate && p.Measure != decision.Exemption {
		b.WriteString("\n")
		subject(l.public(p.Subject), line)
		if !l.NoReasons {
			b.WriteString("\nReasons\n" + p.Reasons + "\n")
		}
	}
	if l.Guidance != "" {
		b.WriteString("\nWhat must be done\n" + l.Guidance + "\n")
	}
	if l.Recourse != "" {
		b.WriteString("\nHow to object\n" + l.Recourse + "\n")
	}
	n.Body = b.String()
	return n, nil
}

// subject writes the public part of a subject.
func subject(s record.Subject, line func(name, value string)) {
	line("Kind", string(s.Kind))
	for i, n := range s.Names {
		name := "Also known as"
		if i == 0 {
			name = "Name"
		}
		if n.Quality == record.Weak {
			name += " (weak)"
		}
		line(name, n.Full)
	}
	for _, b := range s.Births {
		if b.Date.Known() {
			line("Born", b.Date.String())
		}
		line("Born in", strings.Join(slices.DeleteFunc([]string{b.Place.City, b.Place.Region, b.Place.Country, b.Place.Text}, func(x string) bool { return x == "" }), ", "))
	}
	for _, c := range s.Nationalities {
		line("Nationality", c.Text)
	}
	for _, i := range s.Identifiers {
		line("Identifier, "+i.Type, i.Number)
	}
	for _, a := range s.Addresses {
		line("Address", strings.Join(slices.DeleteFunc([]string{a.Street, a.City, a.Region, a.PostCode, a.Country, a.Text}, func(x string) bool { return x == "" }), ", "))
	}
	for _, k := range s.Links {
		line(k.Role, k.Name)
	}
}
