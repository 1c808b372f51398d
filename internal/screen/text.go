package screen

import (
	"cmp"
	_ "embed" // the context words are part of the binary
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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

// contextBytes is how much of the text is quoted on each side of a mention.
const contextBytes = 60

//go:embed table/context.txt
var contextText string

// contextWords say that a text speaks of terrorism, sanctions or an armed
// group; one in the sentence raises a short name.
var contextWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.SplitSeq(contextText, "\n") {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				out[w] = true
			}
		}
	}
	return out
})

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

// mentionFacts are what the band of a mention follows from.
type mentionFacts struct {
	weakOnly bool // the list calls every matched name weak
	short    bool // only given and family name of a longer name match
	evidence
	letters  int  // of the span
	context  bool // a context word stands in the sentence
	ordinary bool // the word stands in the text in lower case too
}

// mentionBand sorts a mention. Short names are in every text by chance: they
// are strong only in a sentence that speaks of the matter.
func mentionBand(h Hit, c *Card, f mentionFacts) (Band, string) {
	switch {
	case c.Ended:
		return Weak, "every listing of the subject has ended"
	case f.weakOnly:
		return Weak, "only names that the list calls weak match"
	case f.ordinary:
		return Weak, "the text has the same word in lower case"
	case f.short && f.weight < shortPair:
		return Weak, "given and family name of a longer name, common ones"
	case f.short:
		return Possible, "given and family name of a longer name"
	case f.words < 2 && f.letters <= 3:
		return Weak, "a short name"
	case f.words == 1 && f.weight+f.generic < commonWord:
		return Weak, "a single common word"
	case f.words < 2 && f.context:
		return Strong, "a short name in a sentence that speaks of the matter"
	case f.words < 2:
		return Possible, "a single distinctive word"
	case f.weight < fullWord+minPair && !f.context:
		return Possible, "only common words match"
	case h.Confidence >= mentionStrong:
		return Strong, h.atLeast(mentionStrong)
	}
	return Possible, h.below(mentionStrong)
}

const (
	mentionStrong = 9000 // confidence, 1/10000
	shortPair     = 150  // weight of given and family name that tell somebody
	minPair       = 30   // two common words weigh less than fullWord and this
)

// settle lowers what is part of a strong longer name, then raises the possible
// mentions of subjects that the same text names beyond doubt. The mentions are
// in the order of oneASpan. A number is never part of a name.
func settle(ms []Mention) {
	inside := make([]bool, len(ms))
	reach := 0 // end of the strong mentions so far
	for i, m := range ms {
		inside[i] = m.End <= reach
		if m.Hits[0].Band == Strong {
			reach = max(reach, m.End)
		}
	}
	named := map[string]bool{}
	for i := range ms {
		for j := range ms[i].Hits {
			h := &ms[i].Hits[j]
			if inside[i] && h.Band != Weak && h.Identifier == nil {
				h.setBand(Weak, "part of a longer name")
			}
			named[h.Subject] = named[h.Subject] || h.Band == Strong
		}
	}
	for i := range ms {
		for j := range ms[i].Hits {
			if h := &ms[i].Hits[j]; h.Band == Possible && named[h.Subject] {
				h.setBand(Strong, "the text names the subject beyond doubt elsewhere")
			}
		}
		slices.SortFunc(ms[i].Hits, bySeriousness)
	}
}

func (h *Hit) setBand(b Band, why string) {
	h.Band = b
	if h.Explanation != nil {
		h.Explanation.Band = why
	}
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

// longestSentence is how far from a mention, in bytes, a sentence is looked at.
const longestSentence = 600

// sentenceAround is the sentence, roughly, that a span stands in.
func sentenceAround(body string, from, to int) string {
	isEnd := func(r rune) bool { return strings.ContainsRune(".!?\n。！？؟", r) }
	before, after := body[max(0, from-longestSentence):from], body[to:min(len(body), to+longestSentence)]
	before = before[strings.LastIndexFunc(before, isEnd)+1:]
	if end := strings.IndexFunc(after, isEnd); end >= 0 {
		after = after[:end]
	}
	return before + body[from:to] + after
}

// hasContext reports a context word in the sentence outside the mention.
func hasContext(sentence, mention string) bool {
	rest := strings.ReplaceAll(sentence, mention, " ")
	for w := range strings.FieldsFuncSeq(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if contextWords()[strings.ToLower(w)] {
			return true
		}
	}
	return false
}

// quote is the mention with what stands around it, cut at letters.
func quote(body string, from, to int) string {
	start, end := max(0, from-contextBytes), min(len(body), to+contextBytes)
	for start < from && !utf8.RuneStart(body[start]) {
		start++
	}
	for end > to && end < len(body) && !utf8.RuneStart(body[end]) {
		end--
	}
	return strings.Join(strings.Fields(body[start:end]), " ")
}
