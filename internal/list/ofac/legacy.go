package ofac

import (
	"fmt"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// readLegacy reads sdnList files: SDN.XML and CONSOLIDATED.XML.
func readLegacy(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]bool{}
		for _, f := range files {
			seen := report.Elements
			around := func(path string, n *list.Node) { legacyOutside(f.Name, path, n, report) }
			for e, err := range list.XML(f.Body, f.Name, []string{"sdnEntry"}, around) {
				report.Elements++ // a stream that breaks off is an element with an error
				var rec record.Record
				if err == nil {
					rec, err = legacyEntry(f.Name, e, keys, report)
				}
				if !yield(rec, err) {
					return
				}
			}
			if n := report.Elements - seen; report.Declared != 0 && len(files) == 1 && report.Declared != n {
				report.Warn(fault.Place{File: f.Name}, fmt.Sprintf("Record_Count says %d, the file has %d entries", report.Declared, n))
			}
		}
	}
}

var usDate = regexp.MustCompile(`^(\d{2})/(\d{2})/(\d{4})$`)

func legacyOutside(file, path string, n *list.Node, report *list.Report) {
	place := fault.Place{File: file, Line: n.Line, Element: path}
	switch strings.TrimPrefix(path, "sdnList/") {
	case "sdnList", "publshInformation", "publishInformation":
		return
	case "publshInformation/Publish_Date", "publishInformation/Publish_Date":
		if m := usDate.FindStringSubmatch(n.Text); m != nil {
			report.Date, _ = date.Parse(m[3] + "-" + m[1] + "-" + m[2])
			report.Date.Text = n.Text
		}
		if !report.Date.Known() {
			report.Warn(place, fmt.Sprintf("Publish_Date %q is not mm/dd/yyyy", n.Text))
		}
	case "publshInformation/Record_Count", "publishInformation/Record_Count":
		count, err := strconv.Atoi(n.Text)
		if err != nil || count < 0 {
			report.Warn(place, fmt.Sprintf("Record_Count %q is not a number", n.Text))
			return
		}
		report.Declared += count
	default:
		report.Warn(place, fmt.Sprintf("unknown element outside of an entry, text %q", n.Text))
	}
}

func legacyEntry(file string, e list.Entry, keys map[string]bool, report *list.Report) (record.Record, error) {
	b := newBuilder(report, fault.Place{File: file, Line: e.Line, Element: e.Path})
	l := &legacy{builder: b, node: e.Node}
	uid := l.one(e.Node, "uid", "uid")
	if uid == "" {
		return record.Record{}, fault.At(b.place, "the entry has no uid")
	}
	b.rec.Key = uid
	for n := 2; keys[b.rec.Key]; n++ {
		b.rec.Key = fmt.Sprintf("%s#%d", uid, n)
	}
	if b.rec.Key != uid {
		b.warn("uid", fmt.Sprintf("uid %s is used more than once", uid))
	}
	keys[b.rec.Key] = true
	l.read()
	return b.done()
}

// legacy reads one sdnEntry.
type legacy struct {
	*builder
	node *list.Node
}

// one returns the value of an element that stands once; others are kept.
func (l *legacy) one(n *list.Node, name, at string) string {
	all := n.All(name)
	if len(all) == 0 {
		return ""
	}
	for _, more := range all[1:] {
		if v := list.Squeeze(more.Text); v != "" {
			l.other(at, v, at)
			l.warn(at, "stands more than once; kept aside")
		}
	}
	return list.Squeeze(all[0].Text)
}

// each calls use for the items of a list element.
func (l *legacy) each(listName, item string, use func(n *list.Node, at string)) {
	i := 0
	for _, group := range l.node.All(listName) {
		for _, n := range group.All(item) {
			i++
			use(n, fmt.Sprintf("%s/%s[%d]", listName, item, i))
		}
	}
}

func (l *legacy) read() {
	l.kind(l.one(l.node, "sdnType", "sdnType"), "sdnType")
	l.personName(l.node, record.Primary, record.Strong, "", "lastName")
	l.positions(l.one(l.node, "title", "title"), "title")
	l.each("programList", "program", func(n *list.Node, at string) { l.programme(n.Text, at) })
	l.akas()
	l.each("addressList", "address", l.address)
	l.ties()
	l.each("dateOfBirthList", "dateOfBirthItem", func(n *list.Node, at string) { l.mainOrAlt(n, "DOB", "dateOfBirth", at) })
	l.each("placeOfBirthList", "placeOfBirthItem", func(n *list.Node, at string) { l.mainOrAlt(n, "POB", "placeOfBirth", at) })
	for _, n := range l.node.All("vesselInfo") {
		v := vessel{
			n.Value("callSign"), n.Value("vesselType"), n.Value("tonnage"), n.Value("grossRegisteredTonnage"),
			n.Value("vesselFlag"), n.Value("vesselOwner"),
		}
		l.vessel(v, func(string) string { return "vesselInfo" })
	}
	l.each("idList", "id", l.id)
	l.remarks(l.one(l.node, "remarks", "remarks"), "remarks")
	list.Leftovers(l.node, func(p string) bool { return legacyKnown[p] }, func(path, value string) {
		l.other(path, value, path)
		l.warn(path, fmt.Sprintf("unknown element, kept aside: %q", value))
	})
}

// personName joins the name as the tables print it: "LAST, First Middle".
func (l *legacy) personName(n *list.Node, kind record.NameType, q record.Quality, note, at string) bool {
	last, first := l.one(n, "lastName", at), l.one(n, "firstName", at)
	before := len(l.rec.Names)
	l.name(joined(", ", last, first), kind, q, note, at)
	if len(l.rec.Names) == before {
		return false
	}
	if first != "" && last != "" {
		l.rec.Names[before].Parts = []record.Part{{Role: record.Family, Text: last}, {Role: record.Given, Text: first}}
	}
	return true
}

func (l *legacy) akas() {
	l.each("akaList", "aka", func(n *list.Node, at string) {
		kind, note := l.aliasType(l.one(n, "type", at+"/type"), at+"/type")
		q := record.UnknownQual
		switch c := l.one(n, "category", at+"/category"); strings.ToLower(c) {
		case "strong":
			q = record.Strong
		case "weak":
			q = record.Weak
		default:
			l.other(at+"/category", c, at+"/category")
			l.warn(at+"/category", fmt.Sprintf("unknown category %q", c))
		}
		if !l.personName(n, kind, q, note, at) {
			l.warn(at, "an alias without a name")
		}
	})
}

func (l *legacy) address(n *list.Node, at string) {
	get := func(name string) string { return l.one(n, name, at+"/"+name) }
	a := record.Address{
		Street:   joined(", ", get("address1"), get("address2"), get("address3")),
		City:     get("city"),
		Region:   get("stateOrProvince"),
		PostCode: get("postalCode"),
		Country:  get("country"),
	}
	if a == (record.Address{}) {
		return
	}
	a.Code, a.At = code(a.Country), at
	l.rec.Addresses = append(l.rec.Addresses, a)
}

func (l *legacy) ties() {
	for _, t := range []struct{ list, item, label string }{
		{"nationalityList", "nationality", "nationality"},
		{"citizenshipList", "citizenship", "citizen"},
	} {
		l.each(t.list, t.item, func(n *list.Node, at string) { l.mainOrAlt(n, t.label, "country", at) })
	}
}

// mainOrAlt adds a fact that may be one of several: the main one, or an
// alternative, which the tables print as "alt.".
func (l *legacy) mainOrAlt(n *list.Node, name, element, at string) {
	lab, printed, _, _ := lookup(name)
	main := l.one(n, "mainEntry", at+"/mainEntry")
	l.fact(lab, fact{label: printed, value: l.one(n, element, at), alt: strings.EqualFold(main, "false"), at: at})
}

// id adds an identifier, or whatever else the list keeps among them: gender,
// former flags, measures.
func (l *legacy) id(n *list.Node, at string) {
	get := func(name string) string { return l.one(n, name, at+"/"+name) }
	kind, number := get("idType"), get("idNumber")
	lab, printed, rest, ok := lookup(kind)
	if !ok {
		lab, printed = label{identifier, "other"}, kind
		l.warn(at+"/idType", fmt.Sprintf("unknown type of identifier %q", kind))
	}
	f := fact{
		label: printed, value: strings.TrimSpace(rest + " " + number), at: at,
		country: get("idCountry"), issued: get("issueDate"), expires: get("expirationDate"),
	}
	if !ok {
		f.value = number
	}
	if !l.fact(lab, f) {
		l.other(kind, number, at)
	}
}

var legacyKnown = func() map[string]bool {
	out := map[string]bool{}
	for _, p := range strings.Fields(`uid firstName lastName title sdnType remarks programList/program
		idList/id/uid idList/id/idType idList/id/idNumber idList/id/idCountry idList/id/issueDate idList/id/expirationDate
		akaList/aka/uid akaList/aka/type akaList/aka/category akaList/aka/lastName akaList/aka/firstName
		addressList/address/uid addressList/address/address1 addressList/address/address2 addressList/address/address3
		addressList/address/city addressList/address/stateOrProvince addressList/address/postalCode addressList/address/country
		nationalityList/nationality/uid nationalityList/nationality/country nationalityList/nationality/mainEntry
		citizenshipList/citizenship/uid citizenshipList/citizenship/country citizenshipList/citizenship/mainEntry
		dateOfBirthList/dateOfBirthItem/uid dateOfBirthList/dateOfBirthItem/dateOfBirth dateOfBirthList/dateOfBirthItem/mainEntry
		placeOfBirthList/placeOfBirthItem/uid placeOfBirthList/placeOfBirthItem/placeOfBirth placeOfBirthList/placeOfBirthItem/mainEntry
		vesselInfo/callSign vesselInfo/vesselType vesselInfo/vesselFlag vesselInfo/vesselOwner vesselInfo/tonnage vesselInfo/grossRegisteredTonnage`) {
		out[p] = true
	}
	return out
}()
