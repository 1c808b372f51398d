package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Narrative is a text with gold links: where a reference stood, and to whom.
type Narrative struct {
	File    string   `json:"file"`
	Subject string   `json:"subject_ref"` // whom the text is about
	Text    string   `json:"text"`
	Anchors []Anchor `json:"anchors"`
}

// Anchor is a place, in code points, behind a name of the subject with the
// reference.
type Anchor struct {
	Pos int    `json:"pos"`
	Ref string `json:"ref"`
}

// ReadNarratives reads one JSON object a line. Errors are Invalid.
func ReadNarratives(file string, r io.Reader) ([]Narrative, error) {
	var out []Narrative
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 64<<10), document.MaxText)
	for line := 1; in.Scan(); line++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		var n Narrative
		if err := json.Unmarshal(in.Bytes(), &n); err != nil {
			return nil, fault.As(fault.Invalid, fmt.Errorf("reading %s:%d: %w", file, line, err))
		}
		length := utf8.RuneCountInString(n.Text)
		for _, a := range n.Anchors {
			if a.Pos < 0 || a.Pos > length {
				return nil, fault.New(fault.Invalid, "%s:%d: the anchor at %d lies outside a text of %d characters", file, line, a.Pos, length)
			}
		}
		out = append(out, n)
	}
	if err := in.Err(); err != nil {
		return nil, fault.As(fault.Invalid, fmt.Errorf("reading %s: %w", file, err))
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "%s has no texts", file)
	}
	return out, nil
}

// Narratives is how well texts with gold links are screened.
type Narratives struct {
	File       string         `json:"file"`
	Snapshot   string         `json:"snapshot"`
	Threshold  int            `json:"threshold"` // 1/1000
	Documents  int            `json:"documents"`
	Words      int            `json:"words"`
	Anchors    int            `json:"anchors"`
	Unresolved int            `json:"anchors_of_nobody_in_the_register"`
	Recall     []NarrativeRow `json:"recall"`
	Mentions   []MentionRow   `json:"mentions"`
	PerText    float64        `json:"mentions_per_document"`
	PerWords   float64        `json:"mentions_per_1000_words"`
	Misses     []AnchorMiss   `json:"misses,omitempty"`
}

// NarrativeRow is the share of anchors whose subject is mentioned in a band or
// a better one.
type NarrativeRow struct {
	Band     screen.Band `json:"band"`
	Before   Share       `json:"within_200_before"`
	Anywhere Share       `json:"anywhere"`
}

// MentionRow says of whom the mentions of one band are. A mention of several
// subjects counts for the best of them.
type MentionRow struct {
	Band   screen.Band `json:"band"`
	Linked Share       `json:"of_a_linked_subject"`
	Own    int         `json:"of_the_documents_subject"`
	Others int         `json:"of_others"`
}

// AnchorMiss is an anchor whose subject is not mentioned before it.
type AnchorMiss struct {
	File    string `json:"file"`
	Before  string `json:"before"`
	Ref     string `json:"ref"`
	Caption string `json:"caption"`
}

// window is how far before an anchor its name may stand, in characters.
const window = 200

var bandOrder = []screen.Band{screen.Strong, screen.Possible, screen.Weak}

// tally gathers what the texts give.
type tally struct {
	out              *Narratives
	find             func(ref string) (register.Subject, bool)
	before, anywhere [3]int // by band
	mentions, linked [3]int
	own, others      [3]int
}

// ScreenNarratives screens the texts at the shipped threshold of documents. An
// anchor whose reference, present or former, is nobody's in the register is
// counted apart. It lists the first n anchors without a mention before them.
func ScreenNarratives(e *screen.Engine, file string, texts []Narrative, n int, step func()) (Narratives, error) {
	out := Narratives{File: file, Snapshot: e.Snapshot(), Threshold: screen.DefaultMention, Documents: len(texts)}
	all, err := subjects(e)
	if err != nil {
		return out, err
	}
	t := tally{out: &out, find: finder(register.Snapshot{Subjects: all})}
	errs := make([]error, len(texts))
	answers := each(len(texts), func() func(int) screen.DocumentAnswer {
		return func(i int) screen.DocumentAnswer {
			defer step()
			var a screen.DocumentAnswer
			a, errs[i] = e.Document(texts[i].File, document.Text{Body: texts[i].Text, Format: "txt"}, screen.Options{Brief: true})
			return a
		}
	})
	for i, err := range errs {
		if err != nil {
			return out, err
		}
		t.text(texts[i], answers[i].Mentions, n)
	}
	t.close()
	return out, nil
}

// finder resolves references and remembers them.
func finder(snap register.Snapshot) func(string) (register.Subject, bool) {
	type answer struct {
		s  register.Subject
		ok bool
	}
	known := map[string]answer{}
	return func(ref string) (register.Subject, bool) {
		a, ok := known[ref]
		if !ok {
			s, err := snap.Find(ref)
			a = answer{s, err == nil}
			known[ref] = a
		}
		return a.s, a.ok
	}
}

func (t *tally) text(n Narrative, mentions []screen.Mention, most int) {
	t.out.Words += countWords(n.Text)
	offsets := byteOffsets(n.Text)
	linked := map[string]bool{}
	for _, a := range n.Anchors {
		t.out.Anchors++
		s, ok := t.find(a.Ref)
		if !ok {
			t.out.Unresolved++
			continue
		}
		linked[s.ID] = true
		from, to := offsets[max(0, a.Pos-window)], offsets[a.Pos]
		before, anywhere := len(bandOrder), len(bandOrder)
		for _, m := range mentions {
			for _, h := range m.Hits {
				if h.Subject == s.ID {
					b := slices.Index(bandOrder, h.Band)
					anywhere = min(anywhere, b)
					if m.Start >= from && m.Start < to {
						before = min(before, b)
					}
				}
			}
		}
		add(&t.before, before)
		add(&t.anywhere, anywhere)
		if before == len(bandOrder) && len(t.out.Misses) < most {
			t.out.Misses = append(t.out.Misses, AnchorMiss{n.File, n.Text[offsets[max(0, a.Pos-60)]:to], a.Ref, s.Caption})
		}
	}
	own, _ := t.find(n.Subject)
	for _, m := range mentions {
		b := slices.Index(bandOrder, m.Hits[0].Band)
		t.mentions[b]++
		switch {
		case slices.ContainsFunc(m.Hits, func(h screen.Hit) bool { return linked[h.Subject] }):
			t.linked[b]++
		case slices.ContainsFunc(m.Hits, func(h screen.Hit) bool { return h.Subject == own.ID }):
			t.own[b]++
		default:
			t.others[b]++
		}
	}
}

func add(counts *[3]int, band int) {
	if band < len(counts) {
		counts[band]++
	}
}

func (t *tally) close() {
	resolved := t.out.Anchors - t.out.Unresolved
	before, anywhere, all := 0, 0, 0
	for b, band := range bandOrder {
		before += t.before[b]
		anywhere += t.anywhere[b]
		all += t.mentions[b]
		t.out.Recall = append(t.out.Recall, NarrativeRow{band, NewShare(before, resolved), NewShare(anywhere, resolved)})
		t.out.Mentions = append(t.out.Mentions, MentionRow{band, NewShare(t.linked[b], t.mentions[b]), t.own[b], t.others[b]})
	}
	t.out.PerText = float64(all) / float64(t.out.Documents)
	if t.out.Words > 0 {
		t.out.PerWords = 1000 * float64(all) / float64(t.out.Words)
	}
}

// byteOffsets gives the byte at which each code point starts, and the end.
func byteOffsets(s string) []int {
	out := make([]int, 0, len(s)+1)
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

func countWords(s string) int {
	n, inside := 0, false
	for _, r := range s {
		blank := r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0'
		if !blank && !inside {
			n++
		}
		inside = !blank
	}
	return n
}
