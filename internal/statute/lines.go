package statute

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"interdict/internal/deadline"
)

// Line is one rule of a statute in words.
type Line struct {
	Section  string         `json:"section"`
	Name     string         `json:"name"` // unique in its section
	Text     string         `json:"text"`
	Verified deadline.Level `json:"verified,omitempty"` // empty where nothing is claimed of the law
	Basis    string         `json:"basis,omitempty"`    // where it stands and was seen, or why it is assumed
}

// Lines returns the whole statute in words, in the order of its file. Whatever
// differs between two statutes differs in their lines.
func (s Statute) Lines() []Line {
	w := writer{acts: map[string]string{}, calendar: s.Calendar}
	for _, a := range s.Acts {
		w.acts[a.ID] = a.Title.English
	}
	w.head(s)
	w.body(s)
	w.grounds(s)
	w.tracks(s)
	w.clocks(s)
	w.after(s)
	w.public(s)
	return w.lines
}

// Counts returns how many rules of the statute have each level of verification.
func (s Statute) Counts() map[deadline.Level]int {
	n := map[deadline.Level]int{}
	s.bases(func(_ string, b Basis) { n[b.Verified]++ })
	return n
}

// writer gathers the lines of one statute.
type writer struct {
	acts     map[string]string // titles by id
	calendar string            // of the statute
	section  string
	lines    []Line
}

// say adds a line that claims nothing of the law.
func (w *writer) say(name, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		w.lines = append(w.lines, Line{Section: w.section, Name: name, Text: text})
	}
}

// rule adds a line with its basis.
func (w *writer) rule(b Basis, name, format string, args ...any) {
	w.lines = append(w.lines, Line{
		Section: w.section, Name: name, Text: fmt.Sprintf(format, args...), Verified: b.Verified, Basis: w.basis(b),
	})
}

func (w *writer) basis(b Basis) string {
	var parts []string
	add := func(before, text string) {
		if text != "" {
			parts = append(parts, before+text)
		}
	}
	add("", strings.Join(kept(cmp.Or(w.acts[b.Act], b.Act), b.Article), ", "))
	add("seen: ", b.Seen)
	add("", b.Note)
	return strings.Join(parts, "; ")
}

// kept returns the texts that are not empty.
func kept(texts ...string) []string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return all
}

func (t Title) words() string {
	if t.Original == "" {
		return t.English
	}
	return t.English + " (" + t.Original + ")"
}

// list joins any texts with commas.
func list[T ~string](all []T) string {
	var texts []string
	for _, t := range all {
		texts = append(texts, string(t))
	}
	return strings.Join(texts, ", ")
}

// in returns the words for a value, or the value itself if there are none.
func in[T ~string](words map[T]string, v T) string {
	if w, ok := words[v]; ok {
		return w
	}
	return string(v)
}

// when returns the text if the flag is set.
func when(flag bool, text string) string {
	if flag {
		return text
	}
	return ""
}

// time says how long a rule runs, how it is counted, and what its expiry does.
// The calendar is named where it is another than that of the statute.
func (w *writer) time(r deadline.Rule) string {
	span := "within " + r.Span.String()
	if r.Amount == 0 {
		span = "at once (0 " + string(r.Unit) + ")"
	}
	starts := map[deadline.From]string{deadline.Instant: "counted from the day itself", deadline.NextDay: "counted from the next day"}
	if r.Unit == deadline.Hours {
		starts = map[deadline.From]string{deadline.Instant: "", deadline.NextDay: "counted from the end of the day"}
	}
	roll := in(map[deadline.Roll]string{
		deadline.NoRoll: "", deadline.Following: "on to the next working day", deadline.Preceding: "back to the working day before",
	}, r.Roll)
	effect := in(map[deadline.Effect]string{
		deadline.Breach: "or else it is a breach", deadline.Lapse: "or else it lapses", deadline.DeemedRefusal: "silence refuses",
		deadline.DeemedApproval: "silence approves", deadline.Escalation: "or else it goes",
	}, r.OnExpiry)
	return strings.Join(kept(span, in(starts, r.Start), roll, when(r.Calendar != w.calendar, "calendar "+r.Calendar), effect+when(r.EscalateTo != "", " to "+r.EscalateTo)), ", ")
}

func (w *writer) clock(c Clock) string {
	parts := []string{w.time(c.Rule), "starts with " + c.From}
	if c.Pause+c.Resume != "" {
		parts = append(parts, "stands still from "+c.Pause+" to "+c.Resume)
	}
	if x := c.Extend; x != nil {
		parts = append(parts, fmt.Sprintf("may be given %s more, %s, by %s", x.Span, times(x.Times), x.By))
	}
	return strings.Join(parts, "; ")
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return strconv.Itoa(n) + " times"
}
