package uk

import (
	"html"
	"regexp"
	"strings"

	"interdict/internal/list"
	"interdict/internal/record"
)

var (
	// ownUN finds the entry's own reference: behind "UN Ref" in its many
	// spellings, or as the first thing of the text or behind "UN listing.".
	ownUN  = regexp.MustCompile(`(?i)\bUN\)?\s*Ref(?:erence)?(?:\s*(?:No|Number))?\)?\s*[.:]*\s*([A-Z]{1,3}\d?[\s.]\s?[A-Z\d.()]*\d\)?|\d{3}\b)`)
	leadUN = regexp.MustCompile(`(?:^|(?i:UN listing)\.?\s*)([A-Z]{2}[ie]\.\d{3})\b`)
	anyUN  = regexp.MustCompile(`\b((?:[A-Z]{2}[ie]\.\d{3})|(?:(?:QI|QE|TI|TE)\.[A-Z]\.\d+\.\d+))\b`)
	ownUK  = regexp.MustCompile(`(?i)\(?UK Sanctions List Ref\)?\s*:\s*([A-Z]{2,4}\d{3,5})`)

	label  = regexp.MustCompile(`\(([A-Z][A-Za-z /]{1,40})\)\s*:\s*`)
	gender = regexp.MustCompile(`(?i)\bgender\)?\s*:\s*(male|female)\b`)
	aka    = regexp.MustCompile(`(?:^|[.;)\]]\s*)(?:Also (?:referred to|known) as|Low (?:quality|level) [Aa]\.?[Kk]\.?[Aa]\.?s?)\s*(?:\((?i:low (?:quality|level) a\.?k\.?a\.?s?)\))?\s*:?\s*`)
	former = regexp.MustCompile(`(?:^|[.;)\]]\s*)(?:Formerly|Previously) (?:known as|called) `)
	kin    = regexp.MustCompile(`(?i)\b(father|mother|wife|husband)['’]?s? name(?: is|:)?\s*:?\s*([A-Z][^.,;(\d]+)`)
	kinOf  = regexp.MustCompile(`(?i)\bname of (father|mother) is ([A-Z][^.,;(\d]+)`)

	imo        = regexp.MustCompile(`(?i)\bIMO(?:\s*(?:number|no))?\)?\.?\s*:?\s*(\d{7})\b`)
	isShip     = regexp.MustCompile(`^(?:UN and EU listing\.\s*)?(?:UN Ref\S* \S+\s*)?\(?IMO(?: number)?\)?\s*:\s*\d{7}`)
	passportIn = regexp.MustCompile(`(?i)\bpassport (?:no|number)\.?\s*:?\s*([A-Z]{0,2}-?\d{5,}\w*)`)
)

// info takes out of the free text what has a field of its own. The text itself
// stays in the remarks, or in the reasons where it is labelled so.
func (b *builder) info(text, at string) {
	text = html.UnescapeString(text)
	b.rec.Remarks = append(b.rec.Remarks, record.Text{Role: "other information", Text: text, At: at})
	b.references(text, at)
	if m := gender.FindStringSubmatch(text); m != nil && len(b.rec.Genders) == 0 {
		b.rec.Genders = []record.Text{{Text: m[1], At: at}}
	}
	for _, re := range []*regexp.Regexp{kin, kinOf} {
		if !strings.Contains(text, "ame") {
			break
		}
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			b.rec.Links = append(b.rec.Links, record.Link{Role: strings.ToLower(m[1]), Name: list.Squeeze(m[2]), At: at})
		}
	}
	b.hiddenNames(text, at)
	b.ship(text, at)
	if b.rec.Kind == record.Person {
		for _, m := range passportIn.FindAllStringSubmatch(text, -1) {
			b.identifier(record.Identifier{Type: "passport", Number: m[1], At: at})
		}
	}
	b.labelled(text, at)
	b.segments(text, at)
}

// labels are those of the ConList from 2021 on, which had no columns for what
// the UK Sanctions List knows of firms and ships: "(Current owners):X.".
var labels = map[string]string{
	"phonenumber": "phone", "emailaddress": "email", "website": "website", "typeofentity": "entity type",
	"subsidiaries": "subsidiary", "parentcompany": "parent", "businessregno": "registration", "businessregistrationnumbers": "registration",
	"currentowners": "owner", "currentowneroperators": "owner", "previousowners": "previous owner", "previousowneroperators": "previous owner",
	"flagofship": "flag", "currentbelievedflagofship": "flag", "previousflags": "previous flag", "typeofship": "ship type",
	"tonnage": "tonnage", "tonnageofship": "tonnage", "length": "length", "lengthofship": "length", "yearbuilt": "built",
	"hullidentificationnumber": "hull", "hin": "hull",
}

// segments reads "(Label):" and what stands behind it up to the next one.
func (b *builder) segments(text, at string) {
	marks := label.FindAllStringSubmatchIndex(text, -1)
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		name, value := plain(text[m[2]:m[3]]), strings.TrimSpace(text[m[1]:end])
		if name == "ukstatementofreasons" {
			b.reasons = append(b.reasons, record.Text{Role: "UK statement of reasons", Text: value, At: at})
		}
		if group, known := labels[name]; known && value != "" {
			b.add(piece{group: group, values: map[string]string{"": strings.TrimRight(value, " .;")}, at: at})
		}
	}
}

// reference brings the spellings of a UN reference to what the UN prints:
// "QDI.282." and "KPe. 023" have neither blanks nor a dot behind.
func reference(text string) string {
	text = strings.Trim(text, ". ")
	if letters, number, ok := strings.Cut(text, " "); ok && !strings.HasSuffix(letters, ".") {
		text = letters + "." + number // "KPe 070"
	}
	return strings.ReplaceAll(text, " ", "")
}

func (b *builder) references(text, at string) {
	own := map[string]bool{}
	for _, re := range []*regexp.Regexp{ownUN, leadUN} {
		// Most texts hold no "Ref", and need not be searched for one.
		if re == ownUN && !strings.Contains(text, "ef") && !strings.Contains(text, "EF") || re == leadUN && !mayRefer(text) {
			continue
		}
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			ref := reference(m[1])
			own[ref] = true
			b.also("un", ref, at)
		}
	}
	for _, m := range others(text) {
		if !own[m[1]] {
			own[m[1]] = true
			b.rec.Links = append(b.rec.Links, record.Link{Role: "mentioned", Source: "un", Key: m[1], At: at})
		}
	}
	for _, m := range ownUK.FindAllStringSubmatch(text, -1) {
		if m[1] != b.unique {
			b.also(sourceID, m[1], at)
		}
	}
}

// others finds the references in a text, without a label.
func others(text string) [][]string {
	if !mayRefer(text) {
		return nil
	}
	return anyUN.FindAllStringSubmatch(text, -1)
}

// mayRefer is a quick look for "QDe.1" and "QI.A.": a dot behind what ends the
// letters of a reference.
func mayRefer(text string) bool {
	for i := 2; i+1 < len(text); i++ {
		if text[i] == '.' && isUpper(text[i-2]) && strings.IndexByte("ieIE", text[i-1]) >= 0 {
			return true
		}
	}
	return false
}

// hiddenNames reads "Also referred to as A, B and C.": the list prints low
// quality names there (OFSI's guide to the list), and "Formerly known as X.".
func (b *builder) hiddenNames(text, at string) {
	if !strings.Contains(text, " as") && !strings.Contains(text, "ow ") && !strings.Contains(text, "called") {
		return
	}
	for _, m := range aka.FindAllStringIndex(text, -1) {
		rest := text[m[1]:]
		sentence, _, _ := strings.Cut(rest[:sentenceEnd(rest)], "UN Ref")
		head, items := list.Enumerate(sentence)
		names := []string{}
		for _, it := range items {
			names = append(names, it.Text)
		}
		if len(items) == 0 {
			head = inBrackets.ReplaceAllString(head, "")
			names = strings.Split(strings.ReplaceAll(head, " and ", ","), ",")
		}
		for _, n := range names {
			n, _, _ = strings.Cut(n, "(")
			b.hidden(n, record.Alias, record.Weak, at)
		}
	}
	for _, m := range former.FindAllStringIndex(text, -1) {
		rest := text[m[1]:]
		b.hidden(rest[:sentenceEnd(rest)], record.Former, record.FormerName, at)
	}
}

// sentenceEnd finds the end of a sentence: a stop behind a word of more than
// two letters, or a semicolon.
func sentenceEnd(s string) int {
	word := 0
	for i, r := range s {
		switch {
		case r == ';', r == '[':
			return i
		case r == '.' && word > 2 && (i+1 == len(s) || strings.ContainsAny(s[i+1:i+2], " \n") || isUpper(s[i+1])):
			return i
		case isLetter(r):
			word++
		case r == '\'' || r == '’' || r == ')':
		default:
			word = 0
		}
	}
	return len(s)
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// ship reads IMO numbers. The ConList lists ships as entities; one whose text
// begins with the number of a ship is a ship. A number further on may be that
// of a ship which a firm owns, so a firm keeps only numbers of companies.
func (b *builder) ship(text, at string) {
	for _, m := range imo.FindAllStringSubmatch(text, -1) {
		vessel := list.ShipNumber(m[1])
		if b.rec.Kind == record.Organisation && vessel && isShip.MatchString(text) {
			b.rec.Kind = record.Vessel
		}
		if (b.rec.Kind == record.Vessel) == vessel && b.rec.Kind != record.Person {
			b.identifier(record.Identifier{Type: "imo", Number: m[1], At: at})
		}
	}
}

func (b *builder) labelled(text, at string) {
	for _, id := range list.Labelled(text, at) {
		b.identifier(id)
	}
}

// registration reads the registration numbers of a firm: labelled ones by
// their label, others as they stand.
func (b *builder) registration(value, at string) {
	for _, t := range texts("", value, at) {
		before := len(b.rec.Identifiers)
		b.labelled(t.Text, at)
		if len(b.rec.Identifiers) == before {
			b.identifier(record.Identifier{Type: "registration", Number: t.Text, At: at})
			continue
		}
		b.rec.Remarks = append(b.rec.Remarks, record.Text{Role: "business registration number", Text: t.Text, At: at})
	}
}
