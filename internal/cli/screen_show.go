package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"interdict/internal/list/starter"
	"interdict/internal/screen"
)

// showAnswer writes one answer: an object a line, or a table for people.
func showAnswer(c *call, a screen.Answer, explain bool) error {
	if c.JSON {
		if err := c.writeJSON(a); err != nil {
			return err
		}
		return c.out.Flush()
	}
	query := a.Query
	if strings.TrimSpace(query) == "" {
		query = strconv.Quote(query)
	}
	switch a.Status {
	case screen.NotScreened:
		fmt.Fprintf(c.out, "%s: %s: %s\n", c.bold(query), c.yellow("not screened"), a.Reason)
	case screen.None:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(query), c.green("no hit"))
	default:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(query), plural(len(a.Hits), "hit", "hits"))
		if a.Reason != "" {
			fmt.Fprintf(c.out, "%s %s\n", c.yellow("not all of it was screened:"), a.Reason)
		}
		if err := hitTable(c, a.Hits).write(c.out, c); err != nil {
			return err
		}
		if explain {
			for _, h := range a.Hits {
				if err := explainHit(c, h); err != nil {
					return err
				}
			}
		}
	}
	writeStamp(c, a.Stamp)
	return c.out.Flush()
}

func writeStamp(c *call, s screen.Stamp) {
	fmt.Fprintln(c.out, c.dim(fmt.Sprintf("register %s, profile %s, %s", s.Snapshot, s.Profile, s.At.Format(time.RFC3339))))
	if s.Notice != "" {
		fmt.Fprintln(c.out, c.yellow(s.Notice))
	}
}

func hitTable(c *call, hits []screen.Hit) *table {
	t := newTable("band", ">score", ">confidence", "subject", "listed as", "of", "listed by")
	for _, h := range hits {
		name := h.Name
		if h.Identifier != nil {
			name = strings.TrimSpace(name + " [" + h.Identifier.Type + " " + h.Identifier.Number + "]")
		}
		t.add(paintBand(c, h.Band), scoreOf(h), short(h.Confidence), h.Subject, name, h.Caption, listedBy(h.Listings))
	}
	return t
}

// scoreOf is the name score of a hit, or "id" where only an identifier agrees.
func scoreOf(h screen.Hit) string {
	if h.Name == "" {
		return "id"
	}
	return short(h.Score)
}

// short shows a ratio to two places, rounded down.
func short(r screen.Ratio) string { return r.String()[:4] }

func paintBand(c *call, b screen.Band) string {
	switch b {
	case screen.Strong:
		return c.red(string(b))
	case screen.Possible:
		return c.yellow(string(b))
	}
	return c.dim(string(b))
}

// listedBy names the listings in a few words; all of them are in --json and in
// "register show".
func listedBy(listings []screen.CardListing) string {
	const most = 3
	var out []string
	for _, l := range listings {
		s := l.Source + " " + l.Reference
		if l.Source == starter.Source.ID { // one list that tells what many authorities did
			s = l.Authority
			if !l.ByKey {
				s += " " + l.Reference
			}
		}
		if l.Since != "" {
			s += " (" + l.Since + ")"
		}
		if l.Ended {
			s += " ended"
		}
		out = append(out, s)
	}
	if n := len(out) - most; n > 0 {
		out = append(out[:most], fmt.Sprintf("and %d more", n))
	}
	return strings.Join(out, "; ")
}

// explainHit writes the parts that a score is made of; they add up to it.
func explainHit(c *call, h screen.Hit) error {
	x := h.Explanation
	fmt.Fprintf(c.out, "\n%s (%s)\n", c.bold(h.Caption), h.Subject)
	if x.Explanation != nil {
		t := newTable("query", "listed", "how", ">points")
		for _, p := range x.Pairs {
			t.add(p.Query, p.Listed, p.Relation, fmt.Sprintf("+%d", p.Gain))
		}
		for _, l := range x.QueryLeft {
			t.add(l.Word, "-", "only in the query", fmt.Sprintf("(%d lost)", l.Loss))
		}
		for _, l := range x.ListedLeft {
			t.add("-", l.Word, "only in the list", fmt.Sprintf("(%d lost)", l.Loss))
		}
		if x.Contradiction > 0 {
			t.add("", "", "words left over on both sides", fmt.Sprintf("(%d lost)", x.Contradiction))
		}
		t.add("", "", "name score of 10000", strconv.Itoa(x.Base))
		for _, f := range x.Factors {
			t.add("", "", fmt.Sprintf("%s: × .%02d", f.Reason, f.Hundredths), strconv.Itoa(f.Score))
		}
		if err := t.write(c.out, c); err != nil {
			return err
		}
	}
	for _, q := range x.Qualifiers {
		fmt.Fprintf(c.out, "  %s: %s (%s | %s) %+.1f\n", q.Field, q.Says, q.Query, q.Listed, float64(q.Logit)/1000)
	}
	for _, f := range x.Flags {
		fmt.Fprintf(c.out, "  %s\n", c.yellow(f))
	}
	fmt.Fprintf(c.out, "  %s: %s\n", h.Band, x.Band)
	return nil
}

// showMentions writes one line a mention and subject, the serious ones first
// within a mention, then who the subjects are, and the quotations.
func showMentions(c *call, what string, status screen.Status, reason string, ms []screen.Mention) error {
	switch status {
	case screen.NotScreened:
		fmt.Fprintf(c.out, "%s: %s: %s\n", c.bold(what), c.yellow("not screened"), reason)
		return nil
	case screen.None:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(what), c.green("no mention"))
		return nil
	}
	count := map[screen.Band]int{}
	for _, m := range ms {
		count[m.Hits[0].Band]++
	}
	fmt.Fprintf(c.out, "%s: %s: %d strong, %d possible, %d weak\n", c.bold(what), plural(len(ms), "mention", "mentions"), count[screen.Strong], count[screen.Possible], count[screen.Weak])
	at := ">at"
	if ms[0].Path != "" { // paths are long; numbers stand to the right
		at = "at"
	}
	t := newTable("band", ">score", at, "mention", "of")
	var subjects []screen.Hit
	for _, m := range ms {
		at, text := placeOf(m), m.Text
		for _, h := range m.Hits {
			t.add(paintBand(c, h.Band), scoreOf(h), at, text, h.Caption)
			at, text = "", ""
			if !slices.ContainsFunc(subjects, func(o screen.Hit) bool { return o.Subject == h.Subject }) {
				subjects = append(subjects, h)
			}
		}
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	fmt.Fprintln(c.out)
	for _, h := range subjects {
		fmt.Fprintf(c.out, "%s %s: %s\n", h.Subject, c.bold(h.Caption), listedBy(h.Listings))
	}
	quoteMentions(c, ms)
	return nil
}

// placeOf is where a mention stands: bytes of a text, or an element of a payment
// and how it was put together; all elements are in --json.
func placeOf(m screen.Mention) string {
	if m.Path == "" {
		return fmt.Sprintf("%d-%d", m.Start, m.End)
	}
	at := m.Path
	if n := len(m.Paths) - 1; n > 0 {
		at += fmt.Sprintf(" and %d more", n)
	}
	if len(m.Variants) > 0 {
		at += " (" + strings.Join(m.Variants, ", ") + ")"
	}
	return at
}

// quoteMentions quotes each different wording of a strong or possible mention
// once, where there is more than itself to quote; all of them are in --json.
func quoteMentions(c *call, ms []screen.Mention) {
	said := map[string]bool{}
	for _, m := range ms {
		before, after, ok := strings.Cut(m.Context, m.Text)
		if m.Hits[0].Band == screen.Weak || said[m.Text] || m.Context == m.Text {
			continue
		}
		if len(said) == 0 {
			fmt.Fprintln(c.out)
		}
		said[m.Text] = true
		if !ok {
			fmt.Fprintf(c.out, "  … %s …\n", m.Context)
			continue
		}
		fmt.Fprintf(c.out, "  … %s%s%s …\n", before, c.bold(m.Text), after)
	}
}
