package ofac

import (
	"fmt"
	"iter"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// readAdvanced reads SDN_ADVANCED.XML and CONS_ADVANCED.XML. Parties are
// read as they come; relations and sanctions entries stand at the end of the
// file, so records are handed out only then.
func readAdvanced(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]bool{}
		for _, f := range files {
			a := &advanced{
				file: f.Name, report: report, keys: keys, refs: &refs{},
				locations: map[string]*list.Node{}, documents: map[string][]list.Entry{}, byProfile: map[string]*party{},
			}
			if !a.read(f, yield) {
				return
			}
		}
	}
}

// advanced is one file of the advanced format.
type advanced struct {
	file      string
	report    *list.Report
	keys      map[string]bool
	refs      *refs
	issued    [3]string
	locations map[string]*list.Node
	documents map[string][]list.Entry // by identity
	parties   []*party
	byProfile map[string]*party
	failed    bool // the reference sets came too late
}

var advancedEntries = []string{
	"ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry",
}

func (a *advanced) read(f list.File, yield func(record.Record, error) bool) bool {
	fail := func(err error) bool {
		a.report.Elements++
		return yield(record.Record{}, err)
	}
	for e, err := range list.XML(f.Body, f.Name, advancedEntries, a.outside) {
		if err == nil {
			err = a.element(e)
		}
		if err != nil && !fail(err) {
			return false
		}
	}
	for _, p := range a.parties {
		a.report.Elements++
		rec, err := p.done()
		if !yield(rec, err) {
			return false
		}
	}
	return a.orphanDocuments(fail)
}

func (a *advanced) outside(path string, n *list.Node) {
	switch strings.TrimPrefix(path, "Sanctions/") {
	case "Sanctions", "DateOfIssue", "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships",
		"SanctionsEntries", "SanctionsEntryLinks":
	case "DateOfIssue/Year":
		a.issued[0] = n.Text
	case "DateOfIssue/Month":
		a.issued[1] = n.Text
	case "DateOfIssue/Day":
		a.issued[2] = n.Text
		a.report.Date = civilDate(a.issued[0], a.issued[1], a.issued[2])
	default:
		a.report.Warn(fault.Place{File: a.file, Line: n.Line, Element: path}, fmt.Sprintf("unknown element outside of an entry, text %q", n.Text))
	}
}

// element takes one entry of the file. An error is one element of the file
// that did not become part of a record.
func (a *advanced) element(e list.Entry) error {
	place := fault.Place{File: a.file, Line: e.Line, Element: e.Path}
	if e.Name != "ReferenceValueSets" && len(a.refs.sets) == 0 && !a.failed {
		a.failed = true
		return fault.At(place, "stands before ReferenceValueSets: its ids mean nothing yet")
	}
	switch e.Name {
	case "ReferenceValueSets":
		a.refs = readRefs(e.Node)
	case "Location":
		a.locations[e.Attr("ID")] = e.Node
	case "IDRegDocument":
		a.documents[e.Attr("IdentityID")] = append(a.documents[e.Attr("IdentityID")], e)
	case "DistinctParty":
		return a.distinctParty(e, place)
	case "ProfileRelationship":
		return a.relation(e, place)
	case "SanctionsEntry":
		return a.sanctions(e, place)
	}
	return nil
}

// distinctParty makes one entry of a party. In practice a party has one
// profile and one identity; more of them are kept and reported.
func (a *advanced) distinctParty(e list.Entry, place fault.Place) error {
	profiles := e.All("Profile")
	if len(profiles) == 0 {
		return fault.At(place, "the party has no profile")
	}
	p := &party{builder: newBuilder(a.report, place), advanced: a}
	key := joined("", e.Attr("FixedRef"))
	if key == "" {
		key = profiles[0].Attr("ID")
	}
	if key == "" {
		return fault.At(place, "the party has neither FixedRef nor a profile with an ID")
	}
	p.rec.Key = key
	for n := 2; a.keys[p.rec.Key]; n++ {
		p.rec.Key = fmt.Sprintf("%s#%d", key, n)
	}
	if p.rec.Key != key {
		p.warn("FixedRef", fmt.Sprintf("FixedRef %s is used more than once", key))
	}
	a.keys[p.rec.Key] = true
	if len(profiles) > 1 {
		p.warn("Profile", fmt.Sprintf("the party has %d profiles; they are read as one", len(profiles)))
	}
	p.remark(e.Value("Comment"), "Comment")
	for _, pr := range profiles {
		p.profile(pr)
		if id := pr.Attr("ID"); id != "" {
			a.byProfile[id] = p
		}
	}
	p.leftovers(e.Node)
	a.parties = append(a.parties, p)
	return nil
}

// relation adds a link to both of its ends; "(inverse)" marks the other one.
func (a *advanced) relation(e list.Entry, place fault.Place) error {
	from, to := a.byProfile[e.Attr("From-ProfileID")], a.byProfile[e.Attr("To-ProfileID")]
	if from == nil && to == nil {
		return fault.At(place, "relation between profiles %q and %q, which are not in the file", e.Attr("From-ProfileID"), e.Attr("To-ProfileID"))
	}
	known := from
	if known == nil {
		known = to
	}
	role := known.word("RelationType", e.Attr("RelationTypeID"), "ProfileRelationship")
	quality := known.word("RelationQuality", e.Attr("RelationQualityID"), "ProfileRelationship")
	if strings.EqualFold(quality, "unknown") {
		quality = ""
	}
	note := joined("; ", quality, e.Value("Comment"))
	if strings.EqualFold(e.Attr("Former"), "true") {
		note = joined("; ", "former", note)
	}
	at := fmt.Sprintf("ProfileRelationship %s", e.Attr("ID"))
	link := func(at2 *party, other *party, otherID, role string) {
		if at2 == nil {
			return
		}
		l := record.Link{Role: role, Note: note, At: at}
		if other != nil {
			l.Key, l.Name = other.rec.Key, other.rec.PrimaryName()
		} else {
			at2.warn(at, fmt.Sprintf("profile %q is not in the file", otherID))
			l.Note = joined("; ", note, "profile "+otherID)
		}
		at2.rec.Links = append(at2.rec.Links, l)
	}
	link(from, to, e.Attr("To-ProfileID"), role)
	if !strings.EqualFold(a.refs.attr("RelationType", e.Attr("RelationTypeID"), "Symmetrical"), "true") {
		role += " (inverse)"
	}
	if to != from {
		link(to, from, e.Attr("From-ProfileID"), role)
	}
	return nil
}

// sanctions adds one listing: the act of one list against one profile.
func (a *advanced) sanctions(e list.Entry, place fault.Place) error {
	p := a.byProfile[e.Attr("ProfileID")]
	if p == nil {
		return fault.At(place, "sanctions entry for profile %q, which is not in the file", e.Attr("ProfileID"))
	}
	at := "SanctionsEntry " + e.Attr("ID")
	l := record.Listing{Authority: authority, At: at}
	if name := p.word("List", e.Attr("ListID"), at); name != "" {
		p.rec.Other = append(p.rec.Other, record.Text{Role: "list", Text: name, At: at})
	}
	for i, ev := range e.All("EntryEvent") {
		p.event(&l, ev, fmt.Sprintf("%s/EntryEvent[%d]", at, i+1))
	}
	for i, m := range e.All("SanctionsMeasure") {
		p.measure(&l, m, fmt.Sprintf("%s/SanctionsMeasure[%d]", at, i+1))
	}
	for i, s := range e.All("LimitationsToListing") {
		p.other("limitations", list.Squeeze(s.Text), fmt.Sprintf("%s/LimitationsToListing[%d]", at, i+1))
	}
	for i, s := range e.All("SupInfo") {
		p.supInfo(s, fmt.Sprintf("%s/SupInfo[%d]", at, i+1))
	}
	p.leftovers(e.Node)
	p.listings = append(p.listings, l)
	return nil
}

// event is a dated act: the first "Created" one is the listing itself.
func (p *party) event(l *record.Listing, ev *list.Node, at string) {
	role := strings.ToLower(p.word("EntryEventType", ev.Attr("EntryEventTypeID"), at))
	when := date.Partial{}
	if d := ev.Child("Date"); d.Name != "" {
		when = civilDate(d.Value("Year"), d.Value("Month"), d.Value("Day"))
	}
	if id := ev.Attr("LegalBasisID"); id != "" {
		basis := p.word("LegalBasis", id, at)
		if short := p.refs.attr("LegalBasis", id, "LegalBasisShortRef"); short != "" && short != basis {
			basis = joined(": ", short, basis)
		}
		l.LegalBases = append(l.LegalBases, record.Text{Text: basis, At: at})
	}
	if c := ev.Value("Comment"); c != "" {
		l.Reasons = append(l.Reasons, record.Text{Role: role, Text: c, At: at})
	}
	switch {
	case role == "created" && l.ListedOn.IsZero():
		l.ListedOn = when
	case strings.Contains(role, "amend") || strings.Contains(role, "modif") || strings.Contains(role, "update"):
		l.Updated = append(l.Updated, when)
	case strings.Contains(role, "delist") || strings.Contains(role, "removed") || strings.Contains(role, "deleted"):
		l.Delisted, l.Ended = when, true
	case !when.IsZero():
		l.History = append(l.History, record.Dated{Role: role, Date: when, At: at})
	}
}

// measure is a programme where the type of sanctions says so (its comment is
// then the programme's tag), else what is done to the subject.
func (p *party) measure(l *record.Listing, m *list.Node, at string) {
	kind := p.word("SanctionsType", m.Attr("SanctionsTypeID"), at)
	comment := m.Value("Comment")
	if strings.EqualFold(kind, "Program") {
		if comment == "" {
			p.warn(at, "a programme without a name")
			return
		}
		l.Programmes = append(l.Programmes, record.Text{Text: comment, At: at})
	} else {
		l.Measures = append(l.Measures, record.Text{Role: comment, Text: kind, At: at})
	}
	if period := m.Child("DatePeriod"); period.Name != "" {
		l.History = append(l.History, record.Dated{Role: "measure " + joined(" ", kind, comment), Date: p.period(period, at), At: at})
	}
}

// orphanDocuments reports documents of identities that no party has.
func (a *advanced) orphanDocuments(fail func(error) bool) bool {
	for _, id := range sortedKeys(a.documents) {
		for _, e := range a.documents[id] {
			err := fault.At(fault.Place{File: a.file, Line: e.Line, Element: e.Path}, "document of identity %q, which is not in the file", id)
			if !fail(err) {
				return false
			}
		}
	}
	return true
}
