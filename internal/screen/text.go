package screen

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"interdict/internal/index"
	"interdict/internal/name"
)

// Mention is a span of a text and the listed subjects that it may name.
type Mention struct {
	Path     string   `json:"path,omitempty"`     // element of a payment
	Paths    []string `json:"paths,omitempty"`    // where several elements together say the same, all of them
	Variants []string `json:"variants,omitempty"` // how the text was put together, if not as it stands
	Part     string   `json:"part,omitempty"`     // part of a document
	Start    int      `json:"start"`              // bytes of the text
	End      int      `json:"end"`
	Text     string   `json:"text"`
	Context  string   `json:"context"`
	Hits     []Hit    `json:"hits"`
}

// text finds the mentions in a text, in order; each span is one mention.
func (e *Engine) text(body string, o Options) ([]Mention, error) {
	scan := e.ix.Scan
	if o.Exhaustive {
		scan = e.ix.ScanExhaustive
	}
	spans, err := scan(body, o.mention())
	if err != nil {
		return nil, err
	}
	out, err := e.numbers(body, o)
	if err != nil {
		return nil, err
	}
	t := &spoken{body: body, common: lowerWords(body, spans), before: map[listedName][]name.Reading{}}
	for start := 0; start < len(spans); {
		end := start
		for end < len(spans) && spans[end].Start == spans[start].Start && spans[end].End == spans[start].End {
			end++
		}
		m, err := e.mention(t, spans[start:end], o)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
		start = end
	}
	out = oneASpan(out)
	settle(out)
	return out, nil
}

// oneASpan sorts mentions, of those that start together the longest first, and
// makes one of those of the same span.
func oneASpan(ms []Mention) []Mention {
	slices.SortStableFunc(ms, func(a, b Mention) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var out []Mention
	for _, m := range ms {
		if n := len(out); n > 0 && out[n-1].Start == m.Start && out[n-1].End == m.End {
			out[n-1].Hits = mergeHits(out[n-1].Hits, m.Hits)
			continue
		}
		out = append(out, m)
	}
	return out
}

// mergeHits keeps one hit a subject, the more serious one, and what identifier
// of the subject is among them.
func mergeHits(a, b []Hit) []Hit {
	out := slices.Clone(a)
	for _, h := range b {
		i := slices.IndexFunc(out, func(o Hit) bool { return o.Subject == h.Subject })
		if i < 0 {
			out = append(out, h)
			continue
		}
		first, second := out[i], h
		if bySeriousness(second, first) < 0 {
			first, second = second, first
		}
		if first.Identifier == nil || first.Resembling && second.Identifier != nil {
			first.Identifier, first.Resembling = second.Identifier, second.Resembling
		}
		out[i] = first
	}
	slices.SortFunc(out, bySeriousness)
	return out
}

// mention makes one mention of the hits of one span.
func (e *Engine) mention(t *spoken, spans []index.Mention, o Options) (Mention, error) {
	body, from, to := t.body, spans[0].Start, spans[0].End
	m := Mention{Start: from, End: to, Text: body[from:to], Context: quote(body, from, to)}
	subjects := map[string][]index.Mention{}
	for _, s := range spans {
		subjects[s.Subject] = append(subjects[s.Subject], s)
	}
	context := hasContext(sentenceAround(body, from, to), m.Text)
	for _, names := range subjects {
		h, err := e.mentioned(t, context, names, o)
		if err != nil {
			return m, err
		}
		m.Hits = append(m.Hits, h)
	}
	slices.SortFunc(m.Hits, bySeriousness)
	return m, nil
}

// mentioned makes the hit of one subject in a span.
func (e *Engine) mentioned(t *spoken, context bool, names []index.Mention, o Options) (Hit, error) {
	text := t.body[names[0].Start:names[0].End]
	c, err := e.card(&names[0].Hit)
	if err != nil {
		return Hit{}, err
	}
	all := make([]found, len(names))
	for i := range names {
		n := &names[i]
		all[i] = found{&n.Hit, &index.Probe{Text: t.body, Readings: []index.ProbeReading{{Reading: name.Reading{Positions: n.Words}}}}}
	}
	best, weakOnly := c.best(all)
	listed := c.Names[best.Name].Text
	h := Hit{
		Subject: c.Subject, Caption: c.Caption, Schema: c.Schema, Listings: c.Listings,
		Score: Ratio(best.Result.Points()), Name: listed, Names: distinctNames(all),
	}
	x := &Explanation{Query: text, Listed: listed, Logit: along(calibration, int(h.Score))}
	h.Confidence = Ratio(along(sigmoid, x.Logit))
	h.Band, x.Band = mentionBand(h, c, mentionFacts{
		weakOnly: weakOnly, short: c.Names[best.Name].Short, evidence: telling(best.Result, best.words()), letters: letters(text),
		context: context, ordinary: t.common[text],
	})
	if !o.Brief {
		x.Explanation = paired(*best, t.readings(listed, best.Kind)).explain(best.Result, listed)
		h.Explanation = x
	}
	return h, nil
}

// spoken is a text with what is known of it while its mentions are made.
type spoken struct {
	body   string
	common map[string]bool // words that stand in lower case too
	before map[listedName][]name.Reading
}

type listedName struct {
	text string
	kind name.Kind
}

// readings is name.Readings with a memory: texts repeat the names that they speak of.
func (t *spoken) readings(listed string, kind name.Kind) []name.Reading {
	k := listedName{listed, kind}
	r, ok := t.before[k]
	if !ok {
		r = name.Readings(listed, kind)
		t.before[k] = r
	}
	return r
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// lowerWords are the one-word spans that the text also has in lower case.
func lowerWords(body string, spans []index.Mention) map[string]bool {
	want := map[string][]string{}
	for _, s := range spans {
		text := body[s.Start:s.End]
		if low := strings.ToLower(text); low != text && !strings.ContainsFunc(text, unicode.IsSpace) && !slices.Contains(want[low], text) {
			want[low] = append(want[low], text)
		}
	}
	out := map[string]bool{}
	if len(want) == 0 {
		return out
	}
	for w := range strings.FieldsFuncSeq(body, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }) {
		for _, text := range want[w] {
			// A name in capitals throughout is not the word in lower case.
			if strings.ToUpper(text) != text {
				out[text] = true
			}
		}
	}
	return out
}
