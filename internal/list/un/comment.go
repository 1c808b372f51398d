package un

import (
	"regexp"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

const (
	commentAt = "COMMENTS1"
	reference = `[A-Z]{2}[ie]\.\d{3}|[QT][IE]\.[A-Z]\.\d{1,3}\.\d{2}`
	someDay   = `\d{1,2} ?[A-Z][a-z]+\.? ?\d{4}`
	someDate  = someDay + `|[A-Z][a-z]{2,8}\.? ?\d{4}|\d{4}`
	relation  = `(?:alternative |adoptive |maternal |paternal )?(?:grandfather|grandmother|father|mother|husband|wife|brother|sister|son|daughter)`
)

var (
	reviewed = regexp.MustCompile(`(?i)review\s+pursuant\s+to\s+(?:Security\s+Council\s+)?resolution[^.]*?\bconcluded\s+on\s+(\d{1,2} ?[A-Z][a-z]+\.?(?: ?\d{4})?)`)
	otherRef = regexp.MustCompile(`\b(?:` + reference + `)\b`)
	ownRef   = regexp.MustCompile(`(?i:\b(?:also|formerly|previously) (?:listed|referred to) (?:as|under)(?: the)?(?: permanent)?(?: reference)?(?: number)?) (` + reference + `)`)
	family   = regexp.MustCompile(`(?i)\b(?:(` + relation + `)[’'´]?s?[’'´]? name(?: \([^)]*\))?(?: is| was|:)|name of (` + relation + `)(?: is| was|:)) *`)
	basis    = regexp.MustCompile(`(?i:\blisted)(?: on (?:` + someDay + `))? pursuant to ((?:paragraphs? [0-9a-z(), ]+? of )?(?:Security Council )?resolution \d{4}(?: ?\(\d{4}\))?(?: and paragraphs? [0-9a-z(), ]+? of resolution \d{4}(?: ?\(\d{4}\))?)?)(?: ?\(((?:Travel|Assets?)[^)]*)\))?`)
	died     = regexp.MustCompile(`((?:\bReportedly|Reported|Confirmed|Believed|Presumed|Allegedly|Said)(?: to)?(?: have| be| as)*(?: been)? (?:deceased|died|killed|dead)|\b(?:Deceased|Died|Killed))\b[^.;0-9]{0,60}?\b(` + someDate + `)`)
)

// printedNumbers are the identifiers that comments print in words of their
// own, besides those of list.Labelled.
// The word, in small letters, saves the search where it does not stand.
var printedNumbers = []struct {
	kind, detail, word string
	find               *regexp.Regexp
}{
	{"other", "INTERPOL-UN Security Council Special Notice", "interpol.int", regexp.MustCompile(`https?://www\.interpol\.int/\S*/une?/\d+`)},
	{"imo", "IMO number", "imo", regexp.MustCompile(`(?i)\bIMO\)?(?: number| no\.?)?:? ?(\d{7})\b`)},
	{"registration", "registration number", "regist", regexp.MustCompile(`(?i)\b(?:registered company|company registration|business registration|registration|registry) (?:number|no\.?)s?:? ?([A-Z0-9/.-]*\d{3}[A-Z0-9/-]*)`)},
	{"registration", "company number", "company n", regexp.MustCompile(`(?i)\bcompany (?:number|no\.?)s?:? ?([A-Z0-9/.-]*\d{3}[A-Z0-9/-]*)`)},
	{"phone", "telephone", "tel", regexp.MustCompile(`(?i)\btel(?:ephone|\.)?(?: numbers?| no\.?)?:? ?([+(]?[0-9][-+()0-9 /]{4,}[0-9)])`)},
	{"phone", "facsimile", "fa", regexp.MustCompile(`(?i)\bfa(?:csimile|x)(?: numbers?| no\.?)?:? ?([+(]?[0-9][-+()0-9 /]{4,}[0-9)])`)},
	{"passport", "passport", "passport", regexp.MustCompile(`(?i)\bpassport (?:number|no\.?|#):? ?([A-Z]{0,3}[- ]?\d{3}[A-Z0-9/-]*)`)},
}

// comments keeps COMMENTS1 whole and draws out of it what is worded alike in
// hundreds of entries.
func (r *reader) comments() {
	c := r.one(commentAt)
	if by := r.one("SUBMITTED_BY"); by != "" {
		r.keep("SUBMITTED_BY", by)
	}
	if c == "" {
		return
	}
	r.rec.Remarks = append(r.rec.Remarks, record.Text{Role: "comments", Text: c, At: commentAt})
	for _, m := range reviewed.FindAllStringSubmatch(c, -1) {
		r.lst.Reviewed = append(r.lst.Reviewed, worded(m[1]))
	}
	r.numbers(c, commentAt)
	r.basis(c)
	r.relatives(c)
	r.mentions(c)
	r.deaths(c)
}

var deathWords = []string{"eceased", "ied", "illed", "dead"}

func (r *reader) deaths(c string) {
	if r.rec.Kind != record.Person || !slices.ContainsFunc(deathWords, func(w string) bool { return strings.Contains(c, w) }) {
		return
	}
	for _, m := range died.FindAllStringSubmatch(c, -1) {
		role := "reported death"
		if words := strings.Fields(m[1]); words[0] == "Confirmed" || len(words) == 1 {
			role = "death"
		}
		if p, err := date.Parse(m[2]); err == nil && p.Known() {
			r.rec.Deaths = append(r.rec.Deaths, record.Dated{Role: role, Date: p, At: commentAt})
		}
	}
}

// numbers draws identifiers out of free text.
func (r *reader) numbers(c, at string) {
	found := list.Labelled(c, at)
	low := strings.ToLower(c)
	for _, pn := range printedNumbers {
		if !strings.Contains(low, pn.word) {
			continue
		}
		for _, m := range pn.find.FindAllStringSubmatch(c, -1) {
			id := record.Identifier{Type: pn.kind, Detail: pn.detail, Number: strings.Trim(m[len(m)-1], " .,"), At: at}
			if id.Type == "imo" {
				id.Note = "printed in words: of the company, or of a ship of its"
			}
			found = append(found, id)
		}
	}
	for _, id := range found {
		if id.Type == "website" && strings.Contains(id.Number, "un.org/") {
			continue // the committee's own page
		}
		if !slices.ContainsFunc(r.rec.Identifiers, func(o record.Identifier) bool {
			return o.Type == id.Type && o.Number == id.Number
		}) {
			r.rec.Identifiers = append(r.rec.Identifiers, id)
		}
	}
}

func (r *reader) basis(c string) {
	if !strings.Contains(c, "isted ") {
		return
	}
	for _, m := range basis.FindAllStringSubmatch(c, -1) {
		r.lst.LegalBases = append(r.lst.LegalBases, record.Text{Text: m[1], At: commentAt})
		for _, measure := range strings.Split(m[2], ",") {
			if measure = list.Squeeze(measure); measure != "" {
				r.lst.Measures = append(r.lst.Measures, record.Text{Text: measure, At: commentAt})
			}
		}
	}
}

// relatives links the people whom comments name only by their kinship.
func (r *reader) relatives(c string) {
	if !strings.Contains(c, "ame ") && !strings.Contains(c, "ame:") {
		return
	}
	found := family.FindAllStringSubmatchIndex(c, -1)
	for i, m := range found {
		end := len(c)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		role := c[from:to]
		name, note := cutName(c[m[1]:end])
		if name == "" {
			continue
		}
		l := record.Link{Role: strings.ToLower(role), Name: name, Note: note, At: commentAt}
		l.Key = otherRef.FindString(note)
		r.rec.Links = append(r.rec.Links, l)
	}
}

var bracketed = regexp.MustCompile(`\s*\(([^)]*)\)`)

// cutName takes a name off the front of a comment: up to the end of the
// sentence or the next clause. What stands in brackets is a note.
func cutName(s string) (name, note string) {
	depth := 0
	for i, c := range s {
		rest := s[i:]
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth <= 0 && (c == ';' || c == '.' && endsSentence(s, i) || strings.HasPrefix(rest, " , ") ||
			strings.HasPrefix(rest, " INTERPOL") || strings.HasPrefix(rest, " Review pursuant")) {
			s = s[:i]
			break
		}
	}
	var notes []string
	for _, m := range bracketed.FindAllStringSubmatch(s, -1) {
		notes = append(notes, m[1])
	}
	s = strings.Trim(bracketed.ReplaceAllString(s, ""), " ,.:”\"")
	s = strings.TrimSuffix(s, " and")
	return strings.Trim(s, " ,"), strings.Join(notes, "; ")
}

// endsSentence tells a full stop from the dot of an abbreviation or of a
// reference number.
func endsSentence(s string, dot int) bool {
	if dot+1 < len(s) && s[dot+1] != ' ' && s[dot+1] != '"' {
		return false
	}
	word := s[strings.LastIndexAny(s[:dot], " (")+1 : dot]
	return len(word) > 2 || dot+1 == len(s)
}

// mentions links the entries whose references the comments print, and tells a
// former reference of this very entry from them.
func (r *reader) mentions(c string) {
	refs := otherRef.FindAllString(c, -1)
	if len(refs) == 0 {
		return
	}
	for _, m := range ownRef.FindAllStringSubmatch(c, -1) {
		if m[1] != r.lst.Reference && !slices.Contains(r.lst.Former, m[1]) {
			r.lst.Former = append(r.lst.Former, m[1])
		}
	}
	for _, ref := range refs {
		known := ref == r.lst.Reference || slices.Contains(r.lst.Former, ref) ||
			slices.ContainsFunc(r.rec.Links, func(l record.Link) bool { return l.Key == ref })
		if !known {
			r.rec.Links = append(r.rec.Links, record.Link{Role: "mentioned", Key: ref, At: commentAt})
		}
	}
}
