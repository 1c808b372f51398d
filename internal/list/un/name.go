package un

import (
	"fmt"
	"regexp"
	"strings"

	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
	"interdict/internal/script"
)

// primary reads FIRST_NAME .. FOURTH_NAME and NAME_ORIGINAL_SCRIPT. That the
// first part is given and the last one a family name is only probable: chains
// of Arabic names have no family name (list-formats 1.1).
func (r *reader) primary() {
	var parts []record.Part
	var whole []string
	for _, name := range []string{"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"} {
		if v := r.one(name); v != "" {
			parts = append(parts, record.Part{Role: record.OtherPart, Text: v})
			whole = append(whole, v)
		}
	}
	if len(whole) > 0 {
		n := record.Name{Full: strings.Join(whole, " "), Type: record.Primary, Quality: record.Strong, At: "FIRST_NAME"}
		if r.rec.Kind == record.Person {
			parts[0].Role = record.Given
			if last := len(parts) - 1; last > 0 {
				parts[last].Role = record.Family
			}
			n.Parts = parts
		}
		r.rec.Names = append(r.rec.Names, n)
	}
	const original = "NAME_ORIGINAL_SCRIPT"
	for _, s := range split(r.one(original)) {
		n := record.Name{Full: s, Type: record.Primary, Quality: record.Strong, At: original}
		if m := languageAfter.FindStringSubmatch(s); m != nil && script.Of(m[1]) != "Latn" {
			n.Full, n.Language = m[1], m[2]
		}
		n.Script = script.Of(n.Full)
		r.rec.Names = append(r.rec.Names, n)
	}
}

var (
	languageAfter = regexp.MustCompile(`^(.*\S)\s*\(([A-Z][a-z]+)\)$`) // "ፍትዊ (Tigrinya)"
	formerlyAs    = regexp.MustCompile(`(?i)^(.*?)[\s,]*\(?\b(?:previously|formerly) listed as\)?[\s.]*$`)
	bornAfter     = regexp.MustCompile(`(?i)^(.*?)[\s,(]+(?:born|DOB:?)\s+(.*)$`)
	bornNote      = regexp.MustCompile(`(?i)\b(?:D?POB|DOB|born)\b`)
	dateInText    = regexp.MustCompile(`\b(?:\d{1,2} ?[A-Z][a-z]+\.? ?\d{4}|[A-Z][a-z]{2,8}\.? ?\d{4}|\d{4})\b`)
	placeInText   = regexp.MustCompile(`\b(?:in|POB:) ([^\d;()]*[^\d\s;(),.])`)
	originalNote  = regexp.MustCompile(`(?:original script|In Arabic): *(.*[^\s.)])`)
	spellings     = regexp.MustCompile(`transliterations: *([^)]*)\)`)
	spellingsOf   = regexp.MustCompile(`^(.*?) *\(transliterations of original script name\)`)
	groupLabel    = regexp.MustCompile(`(?i)^(?:original script|sub-unit name)\s*:\s*`)
	groupRemark   = regexp.MustCompile(`(?i)\s*(?:- sub-unit name|\(original script\))$`)
)

func (r *reader) aliases() {
	r.groups("ALIAS", func(n *list.Node, at string) {
		printed := r.oneOf(n, "ALIAS_NAME", at+"/ALIAS_NAME")
		note := r.oneOf(n, "NOTE", at+"/NOTE")
		births := r.aliasBirths(n, at)
		kind, quality := r.quality(n, at)
		if printed == "" {
			r.nameless(births, note, quality, at)
			return
		}
		if formerlyAs.MatchString(note) {
			kind = record.Former
		}
		births = append(births, bornIn(note, at+"/NOTE")...)
		r.numbers(printed, at+"/ALIAS_NAME")
		r.numbers(note, at+"/NOTE")
		base := record.Name{Type: kind, Quality: quality, Births: births, Note: note, At: at + "/ALIAS_NAME"}
		for _, letter := range splitLetters(printed) {
			for _, one := range split(letter) {
				r.rec.Names = append(r.rec.Names, alias(base, one)...)
			}
		}
		for _, s := range notedNames(note) {
			other := base
			other.Full, other.Script, other.At = s, scriptOf(s), at+"/NOTE"
			r.rec.Names = append(r.rec.Names, other)
		}
	})
}

// nameless is an alias element without a name. Empty ones are placeholders;
// some files put further birth dates of the subject there.
func (r *reader) nameless(births []record.Birth, note string, q record.Quality, at string) {
	for _, b := range births {
		b.Note = joined("; ", b.Note, "printed in an alias without a name")
		r.rec.Births = append(r.rec.Births, b)
	}
	if note != "" {
		r.rec.Remarks = append(r.rec.Remarks, record.Text{Role: "alias note", Text: note, At: at + "/NOTE"})
	}
	if len(births) == 0 && note == "" && q != record.UnknownQual {
		r.warn(at, "an alias with a quality but without a name")
	}
}

// quality maps QUALITY, whatever its case.
func (r *reader) quality(n *list.Node, at string) (record.NameType, record.Quality) {
	q := r.oneOf(n, "QUALITY", at+"/QUALITY")
	switch strings.ToLower(q) {
	case "good":
		return record.Alias, record.Strong
	case "low":
		return record.Alias, record.Weak
	case "a.k.a.", "a.k.a", "aka":
		return record.Alias, record.Unspecified
	case "f.k.a.", "f.k.a", "fka":
		return record.Former, record.FormerName
	case "":
		return record.Alias, record.UnknownQual
	}
	r.warn(at+"/QUALITY", fmt.Sprintf("unknown quality %q", q))
	r.keep(at+"/QUALITY", q)
	return record.Alias, record.UnknownQual
}

// aliasBirths reads the birth data that the list ties to this alias.
func (r *reader) aliasBirths(n *list.Node, at string) []record.Birth {
	b := record.Birth{At: at}
	if v := r.oneOf(n, "DATE_OF_BIRTH", at+"/DATE_OF_BIRTH"); v != "" && v != "null" {
		b.Date = isoDate(v)
	}
	b.Place.City = r.oneOf(n, "CITY_OF_BIRTH", at+"/CITY_OF_BIRTH")
	b.Place.Country = r.oneOf(n, "COUNTRY_OF_BIRTH", at+"/COUNTRY_OF_BIRTH")
	b.Place.Code = code(b.Place.Country)
	if b.Date.IsZero() && b.Place == (record.Place{}) {
		return nil
	}
	return []record.Birth{b}
}

// alias turns one printed alias into its names: annotations of the list leave
// the name for its type, births and note, and a name given in two scripts
// becomes a name in each.
func alias(base record.Name, printed string) []record.Name {
	n := base
	n.Full = printed
	if strings.Contains(n.Full, "isted as") {
		if m := formerlyAs.FindStringSubmatch(n.Full); m != nil && m[1] != "" {
			n.Full, n.Type = m[1], record.Former
		}
	}
	if m := bornAfter.FindStringSubmatch(n.Full); m != nil && m[1] != "" && dateInText.MatchString(m[2]) {
		n.Full = m[1]
		n.Births = append(append([]record.Birth{}, n.Births...), bornIn("born "+m[2], n.At)...)
	}
	forms := twoScripts(n.Full)
	if len(forms) > 1 || n.Full != printed {
		n.Note = joined("; ", n.Note, printed)
	}
	var out []record.Name
	for _, f := range forms {
		one := n
		one.Full, one.Script = f, scriptOf(f)
		out = append(out, one)
	}
	return out
}

// bornIn reads "born in 1973 in Shabwa, Yemen" and "DOB: a) .. b) ..".
func bornIn(text, at string) []record.Birth {
	start := bornNote.FindStringIndex(text)
	if start == nil {
		return nil
	}
	note := text
	text = text[start[0]:]
	var place record.Place
	if m := placeInText.FindStringSubmatch(text); m != nil {
		place.Text = strings.TrimSuffix(m[1], " on")
		if i := strings.LastIndex(place.Text, ", "); i >= 0 {
			place.Code = code(place.Text[i+2:])
		} else {
			place.Code = code(place.Text)
		}
	}
	var out []record.Birth
	for _, d := range dateInText.FindAllString(cutAtDocument(text), -1) {
		p, err := date.Parse(d)
		if err == nil && p.Known() {
			out = append(out, record.Birth{Date: p, Place: place, Note: note, At: at})
		}
	}
	if len(out) == 0 && place != (record.Place{}) {
		out = append(out, record.Birth{Place: place, Note: note, At: at})
	}
	return out
}

// cutAtDocument drops the part of a birth note that speaks of a document: its
// dates are no births.
func cutAtDocument(text string) string {
	low := strings.ToLower(text)
	for _, word := range []string{"passport", "identi", "expir", "issue", "licen"} {
		if i := strings.Index(low, word); i >= 0 && i < len(text) {
			text, low = text[:i], low[:i]
		}
	}
	return text
}

// notedNames finds the names that a note gives for an alias: its original
// script or its transliterations.
func notedNames(note string) []string {
	if note == "" {
		return nil
	}
	var out []string
	if m := originalNote.FindStringSubmatch(note); m != nil && script.Of(m[1]) != "Latn" {
		out = append(out, split(m[1])...)
	}
	if m := spellings.FindStringSubmatch(note); m != nil {
		out = append(out, split(m[1])...)
	}
	if m := spellingsOf.FindStringSubmatch(note); m != nil {
		out = append(out, split(strings.ReplaceAll(m[1], ",", ";"))...)
	}
	return out
}

// scriptOf names the script of a name that is not Latin; a Latin one needs no
// mark, as the list is printed in Latin letters.
func scriptOf(s string) string {
	if c := script.Of(s); c != "Latn" && c != "Zyyy" {
		return c
	}
	return ""
}
