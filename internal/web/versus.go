package web

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// line is one line of a comparison: what was screened, what is listed, and what
// that says.
type line struct {
	Field  string // key of a message
	Mine   []string
	Theirs []string
	Says   string // key of a message
	Sign   string // "agree", "differ", "missing", "open"
	Points string // log-odds; "" where the line adds none
}

// compared are the fields of two records, as the pages and as qualifiers call them.
var compared = []struct{ field, is string }{
	{"kind", "schema"}, {"born", "birth"}, {"countries", "country"}, {"gender", "gender"}, {"identifiers", "identifier"},
}

// versus are the lines of a hit. Their points add up to the confidence.
func versus(ctx context.Context, h clerk.Compared) []line {
	mine, theirs := sidesOf(ctx, h)
	out := []line{nameLine(h, mine, theirs)}
	for _, q := range qualifiers(h.Found) {
		if !slices.ContainsFunc(compared, func(f struct{ field, is string }) bool { return f.is == q.Field }) {
			out = append(out, line{Field: q.Field, Says: q.Says, Sign: sign(q.Logit), Points: odds(q.Logit)})
		}
	}
	for _, f := range compared {
		l := line{Field: f.field, Mine: mine[f.field], Theirs: theirs[f.field]}
		q, ok := qualifier(h.Found, f.is)
		switch {
		case ok:
			l.Says, l.Sign, l.Points = q.Says, sign(q.Logit), odds(q.Logit)
		case len(l.Mine) == 0 && len(l.Theirs) == 0:
			continue
		case len(l.Mine) == 0 || len(l.Theirs) == 0:
			l.Says, l.Sign = "not known of one of them", "missing"
		default:
			l.Says, l.Sign = "not counted", "open"
		}
		out = append(out, l)
	}
	return out
}

func nameLine(h clerk.Compared, mine, theirs map[string][]string) line {
	l := line{Field: "name", Mine: mine["name"], Theirs: theirs["name"], Sign: "open"}
	if h.Found == nil {
		return l
	}
	l.Points = odds(h.Found.Explanation.Logit)
	switch {
	case h.Found.Name == "":
		l.Says, l.Sign = "no name agrees", "differ"
	case h.Found.Score == 10000:
		l.Says, l.Sign = "every word agrees", "agree"
	default:
		l.Says, l.Sign = "not every word agrees", "open"
	}
	return l
}

// qualifiers are those of a hit, if it was found.
func qualifiers(h *screen.Hit) []screen.Qualifier {
	if h == nil {
		return nil
	}
	return h.Explanation.Qualifiers
}

func qualifier(h *screen.Hit, field string) (screen.Qualifier, bool) {
	all := qualifiers(h)
	i := slices.IndexFunc(all, func(q screen.Qualifier) bool { return q.Field == field })
	if i < 0 {
		return screen.Qualifier{}, false
	}
	return all[i], true
}

func sign(logit int) string {
	if logit > 0 {
		return "agree"
	}
	return "differ"
}

// odds writes log-odds of 1/1000 with their sign.
func odds(logit int) string {
	return strings.Replace(fmt.Sprintf("%+.1f", float64(logit)/1000), "-", "−", 1)
}

// sum is the log-odds of all lines.
func sum(x *screen.Explanation) int {
	total := x.Logit
	for _, q := range x.Qualifiers {
		total += q.Logit
	}
	return total
}

// percent is a ratio as people say it, rounded down.
func percent(r screen.Ratio) int { return int(r) / 100 }

// points is a score of 10000 as people read it.
func points(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d\u202f%03d", n/1000, n%1000)
}

// sidesOf are the values of both sides by field.
func sidesOf(ctx context.Context, h clerk.Compared) (mine, theirs map[string][]string) {
	mine, theirs = map[string][]string{}, map[string][]string{}
	if h.Passage != nil {
		mine["name"] = []string{h.Passage.Text}
	} else {
		fill(ctx, mine, h.Screened)
	}
	if h.Listed != nil {
		for _, e := range h.Listed.Entries {
			fill(ctx, theirs, e.Subject)
		}
	}
	// The name that matched stands first.
	theirs["name"] = unique(append([]string{h.Name}, theirs["name"]...))
	return mine, theirs
}

// fill adds what is known of a subject.
func fill(ctx context.Context, to map[string][]string, s record.Subject) {
	add := func(field string, texts ...string) {
		if text := joined(" · ", texts...); text != "" && !slices.Contains(to[field], text) {
			to[field] = append(to[field], text)
		}
	}
	for _, n := range s.Names {
		add("name", n.Full)
	}
	if s.Kind != "" && s.Kind != record.Unknown {
		add("kind", say(ctx, string(s.Kind)))
	}
	for _, b := range s.Births {
		if b.Date.Known() {
			add("born", b.Date.String(), placeOf(b.Place))
		} else {
			add("born", placeOf(b.Place))
		}
	}
	for _, c := range slices.Concat(s.Nationalities, s.Citizenships, s.Countries) {
		add("countries", joined(" ", c.Text, bracketed(saidOrNone(ctx, c.Role))))
	}
	for _, g := range s.Genders {
		add("gender", say(ctx, g.Text))
	}
	for _, x := range s.Identifiers {
		add("identifiers", joined(" ", x.Type, x.Number, bracketed(x.Country)))
	}
}

func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return "(" + text + ")"
}

func unique(texts []string) []string {
	var out []string
	for _, t := range texts {
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// listings are the listings of a subject, the oldest entry first.
func listings(s *register.Subject) []record.Listing {
	var out []record.Listing
	for _, e := range s.Entries {
		for _, l := range e.Listings {
			if l.Authority == "" {
				l.Authority = strings.ToUpper(e.Source)
			}
			out = append(out, l)
		}
	}
	return out
}

// besides is what the lists say of a subject beyond what is compared.
func besides(s *register.Subject) map[string][]string {
	out := map[string][]string{}
	add := func(field, text string) {
		if text != "" && !slices.Contains(out[field], text) {
			out[field] = append(out[field], text)
		}
	}
	for _, e := range s.Entries {
		for _, t := range e.Titles {
			add("titles", t.Text)
		}
		for _, t := range e.Positions {
			add("positions", t.Text)
		}
		for _, a := range e.Addresses {
			add("addresses", addressOf(a))
		}
		for _, t := range e.Remarks {
			add("remarks", t.Text)
		}
		for _, l := range e.Listings {
			for _, t := range l.Reasons {
				add("reasons", t.Text)
			}
		}
	}
	return out
}

// why is one plain sentence on a hit.
func why(ctx context.Context, h clerk.Compared) string {
	if h.Found == nil {
		return say(ctx, "The name score was %s of 10,000.", points(h.Score))
	}
	var parts []string
	for _, l := range versus(ctx, h) {
		if l.Says != "" && l.Sign != "missing" && l.Sign != "open" || l.Field == "name" {
			parts = append(parts, say(ctx, stateWord(l.Field))+": "+say(ctx, l.Says))
		}
	}
	if h.Found.Confidence > 0 && len(h.Found.Explanation.Qualifiers) == 0 && len(parts) == 1 {
		parts = append(parts, say(ctx, "nothing but the name could be compared"))
	}
	return strings.Join(parts, "; ") + "."
}

// confident is the reason of a band that rests on the confidence.
var confident = regexp.MustCompile(`^confidence (\S+) (lies between|is at least|is below) (\S+)(?: and (\S+))?$`)

// bandReason says why a band is what it is.
func bandReason(ctx context.Context, reason string) string {
	m := confident.FindStringSubmatch(reason)
	if m == nil {
		return say(ctx, reason)
	}
	switch m[2] {
	case "is at least":
		return say(ctx, "the confidence %s is at least %s", m[1], m[3])
	case "is below":
		return say(ctx, "the confidence %s is below %s", m[1], m[3])
	}
	return say(ctx, "the confidence %s lies between %s and %s", m[1], m[3], m[4])
}

// saidOrNone is a message, or nothing.
func saidOrNone(ctx context.Context, key string) string {
	if key == "" {
		return ""
	}
	return say(ctx, key)
}

// hundredths writes 85 as 0.85.
func hundredths(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }
