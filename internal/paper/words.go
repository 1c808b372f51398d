package paper

import (
	"bytes"
	"fmt"

	"github.com/go-text/typesetting/shaping"
)

// words writes the glyphs of a run as text of a page: places are differences
// from the natural ones (PDF 32000-1, 9.4.3).
type words struct {
	to   *bytes.Buffer
	font *embedded
	size float64 // points
	unit float64 // points of one unit of the shaper
	at   float64 // where the next glyph belongs
	pen  float64 // where it would come to stand
	open bool    // an array of strings is begun
}

// cluster writes the glyphs of a cluster where they belong.
func (w *words) cluster(glyphs []shaping.Glyph, runes []rune, toLeft bool) {
	from := glyphs[0].TextIndex()
	if !w.open {
		w.to.WriteString("[")
		w.open = true
	}
	if back := int((w.pen - w.at) / w.size * em); back < -1 || back > 1 {
		fmt.Fprintf(w.to, "%d", back)
		w.pen -= float64(back) * w.size / em
	}
	w.to.WriteString("<")
	for _, s := range w.font.signsOf(glyphs, runes[from:from+glyphs[0].RunesCount()], toLeft) {
		fmt.Fprintf(w.to, "%04X", w.font.code(s))
		w.pen += float64(s.width) * w.size / em
	}
	w.to.WriteString(">")
	for _, g := range glyphs {
		w.at += float64(g.Advance) * w.unit
	}
}

// flush ends an array of strings.
func (w *words) flush() {
	if w.open {
		w.to.WriteString("] TJ\n")
		w.open = false
	}
}

// stands tells where a stretch without a font ends and another begins: what is
// copied from there is the text as it was given. Of a stretch in two pieces the
// second stands for nothing more.
func (w *words) stands(before, now *lost) {
	w.flush()
	if before != nil {
		w.to.WriteString("EMC\n")
	}
	if now == nil {
		return
	}
	text := ""
	if !now.told {
		now.told = true
		text = now.text + " " + now.note
	}
	fmt.Fprintf(w.to, "/Span << /ActualText %s >> BDC\n", said(text))
}

func (s shown) lostAt(i int) *lost {
	for n := range s.lost {
		if s.lost[n].start <= i && i < s.lost[n].end {
			return &s.lost[n]
		}
	}
	return nil
}
