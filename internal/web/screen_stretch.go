package web

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"interdict/internal/document"
	"interdict/internal/screen"
)

// wholeText is how many bytes of a document are shown whole. Of a longer one only
// what stands around mentions is.
const (
	wholeText = 200_000
	around    = 300 // bytes on each side of a mention in a longer text
	mostGaps  = 400 // mentions that are shown in a longer text
)

// stretches cuts a text where mentions and parts begin and end. Of mentions that
// overlap the first and longest is marked; all of them have their card.
func stretches(t document.Text, all []screen.Mention, cards []wordingView) (out []stretch, cut bool) {
	numbers := map[string]int{}
	for _, c := range cards {
		for _, p := range c.Places {
			numbers[p.ID] = c.Number
		}
	}
	cut = len(t.Body) > wholeText
	at := 0
	for i, m := range all {
		if m.Start < at || m.End > len(t.Body) || cut && i >= mostGaps {
			continue
		}
		out = append(out, plain(t, at, m.Start, cut, at > 0)...)
		id := "at" + strconv.Itoa(i+1)
		out = append(out, stretch{Text: t.Body[m.Start:m.End], Mention: numbers[id], Band: m.Hits[0].Band, ID: id})
		at = m.End
	}
	return append(out, plain(t, at, len(t.Body), cut, at > 0)...), cut
}

// plain is the text between two mentions, cut at the parts of the document. In a
// long text its middle is left out.
func plain(t document.Text, from, to int, cut, after bool) []stretch {
	if cut && to-from > 2*around {
		var out []stretch
		if after {
			out = append(out, stretch{Text: firstRunes(t.Body[from:to], around)})
		}
		if to < len(t.Body) {
			out = append(out, stretch{Text: lastRunes(t.Body[from:to], around), Gap: true})
		}
		return out
	}
	var out []stretch
	part := ""
	for _, p := range t.Parts {
		if p.Start < from || p.Start >= to || len(t.Parts) == 1 {
			continue
		}
		if p.Start > from {
			out = append(out, stretch{Text: t.Body[from:p.Start], Part: part})
		}
		from, part = p.Start, p.Name
	}
	if from < to {
		out = append(out, stretch{Text: t.Body[from:to], Part: part})
	}
	return out
}

// marked is a text with its mentions as links to their cards. It is written without
// templ, which puts blanks between elements: here every blank is the document's.
func marked(all []stretch) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, s := range all {
			text := templ.EscapeString(s.Text)
			if s.Part != "" {
				fmt.Fprintf(&b, `<span class="sc-part">%s</span>`, templ.EscapeString(s.Part))
			}
			if s.Gap {
				b.WriteString("<span class=\"sc-gap\">\n[…]\n</span>")
			}
			if s.Mention > 0 {
				text = fmt.Sprintf(`<a id="%s" href="#hit%d"><mark class="%s">%s</mark></a>`, s.ID, s.Mention, s.Band, text)
			}
			b.WriteString(text)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// firstRunes and lastRunes are up to n bytes of a text, whole letters of it.
func firstRunes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func lastRunes(text string, n int) string {
	at := max(0, len(text)-n)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return strings.TrimLeft(text[at:], "\n")
}
