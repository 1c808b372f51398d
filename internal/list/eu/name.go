package eu

import (
	"fmt"
	"regexp"
	"strings"

	"interdict/internal/list"
	"interdict/internal/record"
)

// The remarks have been typed by hand: "lo quality", "god quality", "low-quality".
var (
	lowQuality  = regexp.MustCompile(`(?i)\blow?w?[\s-]*qua`)
	goodQuality = regexp.MustCompile(`(?i)\bgoo?o?d?[\s-]*qua`)
)

func (r *reader) name(b *block) {
	f := &b.fields
	n := record.Name{Full: f.take("wholeName"), Type: record.Alias, Language: f.take("nameLanguage"), At: b.at}
	var parts []string
	for _, p := range []struct {
		field string
		role  record.Role
	}{{"firstName", record.Given}, {"middleName", record.Middle}, {"lastName", record.Family}} {
		if v := f.take(p.field); v != "" {
			n.Parts = append(n.Parts, record.Part{Role: p.role, Text: v})
			parts = append(parts, v)
		}
	}
	joined := strings.Join(parts, " ")
	remarks := f.all("remark")
	n.Note = strings.Join(remarks, "; ")
	n.Quality = r.quality(b, n.Note)
	r.bearer(b)
	for _, s := range remarks {
		r.found(s, b.at+"/remark")
	}
	if r.rec.Kind == record.Organisation {
		n.Parts = nil // the last name of an enterprise is its whole name
	}
	switch {
	case n.Full == "":
		n.Full = joined
	case joined != "" && !sameWords(n.Full, joined):
		// Neither is known to be right: both are names.
		r.warn(b.at, fmt.Sprintf("the whole name %q and its parts %q disagree", n.Full, joined))
		other := n
		other.Full, other.At = joined, b.at+"/@lastName"
		r.addName(other)
		n.Parts = nil
	}
	r.addName(n)
}

// addName adds a name unless it is a mere placeholder.
func (r *reader) addName(n record.Name) {
	switch strings.Trim(n.Full, "-–—. ") {
	case "":
		if n.Full != "" {
			r.warn(n.At, fmt.Sprintf("the name %q is a placeholder", n.Full))
			r.keep("nameAlias", n.Full, n.At)
		}
		return
	}
	r.rec.Names = append(r.rec.Names, n)
}

func (r *reader) quality(b *block, remark string) record.Quality {
	strong := b.fields.take("strong")
	switch {
	case strings.EqualFold(strong, "false") || lowQuality.MatchString(remark):
		return record.Weak
	case strings.EqualFold(strong, "true") || goodQuality.MatchString(remark):
		return record.Strong
	case strong == "":
		return record.Unspecified
	}
	r.warn(b.at+"/@strong", fmt.Sprintf("strong=%q is neither true nor false", strong))
	r.keep("strong", strong, b.at+"/@strong")
	return record.UnknownQual
}

// bearer reads what a name block says of the bearer.
func (r *reader) bearer(b *block) {
	if g := b.fields.take("gender"); g != "" && r.once("gender", g) {
		r.rec.Genders = append(r.rec.Genders, record.Text{Text: g, At: b.at + "/@gender"})
	}
	for _, t := range enumerated(b.fields.take("title")) {
		if r.once("title", t) {
			r.rec.Titles = append(r.rec.Titles, record.Text{Text: t, At: b.at + "/@title"})
		}
	}
	for _, t := range enumerated(b.fields.take("function")) {
		if r.once("function", t) {
			r.rec.Positions = append(r.rec.Positions, record.Text{Text: t, At: b.at + "/@function"})
		}
	}
}

// sameWords reports whether two names have the same words in any order.
func sameWords(a, b string) bool {
	count := map[string]int{}
	for _, w := range wordsOf(a) {
		count[w]++
	}
	for _, w := range wordsOf(b) {
		count[w]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return strings.ContainsRune(" ,.-", c) })
}

var marker = regexp.MustCompile(`(?:^|[\s,;.])\(?([a-z])\)\s*`)

// enumerated splits "(a) Mullah, (b) Haji" or "a) .. b) .."; the letters must
// count up from a, else the text is one.
func enumerated(text string) []string {
	found := marker.FindAllStringSubmatchIndex(text, -1)
	var starts [][]int
	for _, m := range found {
		if text[m[2]] == byte('a'+len(starts)) {
			starts = append(starts, m)
		}
	}
	if len(starts) < 2 {
		if text = list.Squeeze(text); text == "" {
			return nil
		}
		return []string{text}
	}
	var out []string
	add := func(s string) {
		if s = strings.Trim(list.Squeeze(s), " ,;"); s != "" {
			out = append(out, s)
		}
	}
	add(text[:starts[0][0]])
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		add(text[m[1]:end])
	}
	return out
}
