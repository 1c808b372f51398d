package screen

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// A blank line as a pattern, which is short and slow: the oracle of paragraph.
var blankLine = regexp.MustCompile(`\n[ \t\r\v\f]*\n\s*`)

func TestParagraphIsWhatStandsBetweenBlankLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringOfN(rapid.SampledFrom([]rune("ab \t\r\n\n\n")), 0, 40, -1).Draw(t, "body")
		from := rapid.IntRange(0, len(body)).Draw(t, "from")
		to := rapid.IntRange(from, len(body)).Draw(t, "to")
		start, end := 0, len(body)
		if at := blankLine.FindAllStringIndex(body[:from], -1); len(at) > 0 {
			start = at[len(at)-1][1]
		}
		if at := blankLine.FindStringIndex(body[to:]); at != nil {
			end = to + at[0]
		}
		if s, e := paragraph(body, from, to); s != start || e != end {
			t.Fatalf("%q, %d to %d: paragraph %d to %d, want %d to %d", body, from, to, s, e, start, end)
		}
	})
}
