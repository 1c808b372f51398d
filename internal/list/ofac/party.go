package ofac

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

// party reads one DistinctParty of the advanced format.
type party struct {
	*builder
	*advanced
	groups   map[string]string // NamePartGroup id -> words of its type
	docNames map[string]string // DocumentedName id -> the name
	listings []record.Listing
}

// done returns the record with all its listings.
func (p *party) done() (record.Record, error) {
	rec, err := p.builder.done()
	if err == nil && len(p.listings) > 0 {
		rec.Listings = p.listings
		// What features say of measures belongs to the first listing.
		rec.Listings[0].Measures = append(rec.Listings[0].Measures, p.lst.Measures...)
	}
	if err == nil && len(p.listings) == 0 {
		p.warn("SanctionsEntry", "the party has no sanctions entry")
	}
	return rec, err
}

func (p *party) warn(at, text string) { p.builder.warn(at, text) }

func (p *party) remark(text, at string) {
	if text != "" {
		p.rec.Remarks = append(p.rec.Remarks, record.Text{Role: "comment", Text: text, At: at})
	}
}

func (p *party) profile(n *list.Node) {
	p.partyKind(n)
	p.remark(n.Value("Comment"), "Profile/Comment")
	identities := n.All("Identity")
	if len(identities) != 1 {
		p.warn("Profile", fmt.Sprintf("the profile has %d identities; their names and documents are read as one's", len(identities)))
	}
	for i, id := range identities {
		p.identity(id, fmt.Sprintf("Identity[%d]", i+1))
	}
	for i, f := range n.All("Feature") {
		p.feature(f, fmt.Sprintf("Feature[%d]", i+1))
	}
	for i, s := range n.All("SanctionsEntryReference") {
		p.builder.other("sanctions entry", s.Attr("SanctionsEntryID"), fmt.Sprintf("SanctionsEntryReference[%d]", i+1))
	}
}

// partyKind goes by the sub-type of the party; "Unknown" leaves it to the type.
func (p *party) partyKind(n *list.Node) {
	const at = "Profile/PartySubTypeID"
	id := n.Attr("PartySubTypeID")
	sub := p.word("PartySubType", id, at)
	kind := sub
	if sub == "" || strings.EqualFold(sub, "unknown") {
		kind = p.word("PartyType", p.refs.attr("PartySubType", id, "PartyTypeID"), at)
	}
	switch strings.ToLower(kind) {
	case "vessel", "aircraft", "entity", "individual":
		p.kind(kind, at)
	case "":
		p.kind("unknown", at)
	default:
		p.kind(kind, at)
	}
}

func (p *party) identity(n *list.Node, at string) {
	if strings.EqualFold(n.Attr("False"), "true") {
		p.builder.other("false identity", n.Attr("ID"), at)
	}
	p.groups, p.docNames = map[string]string{}, map[string]string{}
	for _, master := range n.Child("NamePartGroups").All("MasterNamePartGroup") {
		for _, g := range master.All("NamePartGroup") {
			p.groups[g.Attr("ID")] = p.word("NamePartType", g.Attr("NamePartTypeID"), at+"/NamePartGroup")
		}
	}
	for i, a := range n.All("Alias") {
		p.alias(a, fmt.Sprintf("%s/Alias[%d]", at, i+1))
	}
	id := n.Attr("ID")
	for i, d := range p.documents[id] {
		p.document(d.Node, fmt.Sprintf("IDRegDocument[%d]", i+1))
	}
	delete(p.documents, id)
}

// alias adds each documented name of an alias: the same name in several
// scripts or spellings.
func (p *party) alias(n *list.Node, at string) {
	kind := p.word("AliasType", n.Attr("AliasTypeID"), at)
	low := strings.EqualFold(n.Attr("LowQuality"), "true")
	primary := strings.EqualFold(n.Attr("Primary"), "true")
	for i, d := range n.All("DocumentedName") {
		where := fmt.Sprintf("%s/DocumentedName[%d]", at, i+1)
		name := record.Name{Type: record.Alias, Quality: record.Strong, At: where}
		switch strings.ToLower(strings.ReplaceAll(kind, ".", "")) {
		case "name", "aka", "nka":
		case "fka", "former name":
			name.Type = record.Former
		default:
			name.Note = kind
			p.warn(where, fmt.Sprintf("unknown type of alias %q", kind))
		}
		if primary {
			name.Type = record.Primary
		}
		if low {
			name.Quality = record.Weak
		}
		p.documentedName(&name, d, where)
		if name.Full == "" {
			p.warn(where, "a documented name without parts")
			continue
		}
		p.docNames[d.Attr("ID")] = name.Full
		if status := p.word("DocNameStatus", d.Attr("DocNameStatusID"), where); status != "" && !strings.EqualFold(status, "Primary Latin") {
			name.Note = joined("; ", name.Note, status)
		}
		if primary && len(p.rec.Names) > 0 && p.rec.Names[0].Type != record.Primary {
			p.rec.Names = slices.Insert(p.rec.Names, 0, name)
			continue
		}
		p.rec.Names = append(p.rec.Names, name)
	}
}

// roles maps the types of name parts, by their words in the file.
var roles = map[string]record.Role{
	"last name": record.Family, "surname": record.Family, "family name": record.Family,
	"first name": record.Given, "given name": record.Given, "middle name": record.Middle, "maiden name": record.Maiden,
	"patronymic": record.Patronymic, "matronymic": record.Matronymic, "nickname": record.Nickname, "suffix": record.Suffix,
	"title": record.Title, "father's name": record.Father, "grandfather's name": record.Grandfather, "tribal name": record.Tribal,
	"entity name": record.Whole, "vessel name": record.Whole, "aircraft name": record.Whole, "name": record.Whole,
}

// documentedName joins the parts: family names first with a comma, as the
// other formats print them, the rest in the order of the file.
func (p *party) documentedName(name *record.Name, d *list.Node, at string) {
	var family, rest []string
	for i, part := range d.All("DocumentedNamePart") {
		for _, v := range part.All("NamePartValue") {
			text := list.Squeeze(v.Text)
			if text == "" {
				continue
			}
			where := fmt.Sprintf("%s/DocumentedNamePart[%d]", at, i+1)
			kind, known := p.groups[v.Attr("NamePartGroupID")]
			role, ok := roles[strings.ToLower(kind)]
			if !ok {
				role = record.OtherPart
				if !known || kind != "" {
					p.warn(where, fmt.Sprintf("unknown part of a name %q", kind))
				}
			}
			name.Parts = append(name.Parts, record.Part{Role: role, Text: text})
			if role == record.Family {
				family = append(family, text)
			} else {
				rest = append(rest, text)
			}
			if name.Script == "" {
				name.Script = p.script(v.Attr("ScriptID"), where)
			}
			if strings.EqualFold(v.Attr("Acronym"), "true") {
				name.Note = joined("; ", name.Note, "acronym")
			}
		}
	}
	name.Full = joined(", ", strings.Join(family, " "), strings.Join(rest, " "))
	if len(name.Parts) == 1 && name.Parts[0].Role == record.Whole {
		name.Parts = nil
	}
}

// script returns the ISO 15924 code of a script id.
func (p *party) script(id, at string) string {
	text := p.word("Script", id, at)
	if c := p.refs.attr("Script", id, "ScriptCode"); c != "" {
		return c
	}
	if strings.EqualFold(text, "Latin") {
		return "Latn"
	}
	return text
}

// civilDate makes a date of its three numbers; what is 0 or missing is unknown.
func civilDate(y, m, d string) date.Partial {
	yy, _ := strconv.Atoi(y)
	mm, _ := strconv.Atoi(m)
	dd, _ := strconv.Atoi(d)
	c := date.Civil{Y: int16(yy), M: uint8(mm), D: uint8(dd)}
	var p date.Partial
	switch {
	case yy < 1 || yy > 9999 || mm < 0 || mm > 12 || dd < 0 || dd > 31:
	case c.Valid():
		p = date.Partial{From: c, To: c, Precision: date.Day}
	case dd == 0 && mm > 0:
		p = date.InMonth(yy, mm)
	case dd == 0:
		p = date.InYear(yy)
	}
	if p.Text = p.String(); !p.Known() {
		p.Text = strings.Trim(strings.Join([]string{y, m, d}, "-"), "-")
	}
	return p
}

// period reads a DatePeriod: from the earliest start to the latest end. A
// whole year or month means that only this is known.
func (p *party) period(n *list.Node, at string) date.Partial {
	var ends []date.Partial
	circa := false
	for _, side := range []string{"Start", "End"} {
		s := n.Child(side)
		circa = circa || strings.EqualFold(s.Attr("Approximate"), "true")
		for _, end := range []string{"From", "To"} {
			if e := s.Child(end); e.Name != "" {
				ends = append(ends, civilDate(e.Value("Year"), e.Value("Month"), e.Value("Day")))
			}
		}
	}
	out := date.Partial{Precision: date.Unknown}
	for _, e := range ends {
		switch {
		case !e.Known():
			p.warn(at, fmt.Sprintf("%q is no date", e.Text))
			continue
		case !out.Known():
			out = date.Partial{From: e.From, To: e.To, Precision: date.Range}
		}
		if e.From.Compare(out.From) < 0 {
			out.From = e.From
		}
		if e.To.Compare(out.To) > 0 {
			out.To = e.To
		}
	}
	if !out.Known() {
		return out
	}
	if out.From == out.To {
		out.Precision = date.Day
	}
	out = wholeSpan(out)
	out.Circa = circa
	out.Text = out.String()
	if calendar := p.word("CalendarType", n.Attr("CalendarTypeID"), at); calendar != "" && !strings.EqualFold(calendar, "Gregorian") {
		p.warn(at, fmt.Sprintf("a date of the calendar %q is kept as text only", calendar))
		return date.Partial{Text: out.Text + " (" + calendar + ")"}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
