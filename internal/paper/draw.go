package paper

import (
	"fmt"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/shaping"
)

// ink draws lines of text with the fonts of a paper.
type ink struct {
	setter *typesetter
	fonts  map[*Font]*embedded
	order  []*embedded // in the order of their first use
}

func (k *ink) font(of *Font) *embedded {
	if e, ok := k.fonts[of]; ok {
		return e
	}
	e := &embedded{name: fmt.Sprintf("F%d", len(k.order)+1), family: of.name, face: k.setter.face(of), codes: map[string]int{}}
	k.fonts[of], k.order = e, append(k.order, e)
	return e
}

// line draws a line with its baseline beginning at x, y, in points.
func (k *ink) line(p *page, l line, x, y, size float64) {
	for _, run := range l.runs {
		e := k.font(k.setter.named[run.Face])
		p.fonts[e.name] = true
		w := &words{to: &p.content, font: e, size: size, unit: size / 64 / shaped}
		fmt.Fprintf(w.to, "BT /%s %s Tf 1 0 0 1 %s %s Tm\n", e.name, pt(size), pt(x), pt(y))
		w.pen, w.at = x, x
		var in *lost
		for _, cluster := range clusters(run) {
			if l := l.of.lostAt(cluster[0].TextIndex()); l != in {
				w.stands(in, l)
				in = l
			}
			w.cluster(cluster, l.of.runes, run.Direction == di.DirectionRTL)
		}
		w.stands(in, nil)
		w.flush()
		w.to.WriteString("ET\n")
		x += float64(run.Advance) * w.unit
	}
}

// clusters cuts the glyphs of a run into those that belong together: they stand
// for the same signs, and are drawn as one.
func clusters(run shaping.Output) [][]shaping.Glyph {
	var out [][]shaping.Glyph
	for i := 0; i < len(run.Glyphs); {
		end := i + 1
		for end < len(run.Glyphs) && run.Glyphs[end].TextIndex() == run.Glyphs[i].TextIndex() {
			end++
		}
		out = append(out, run.Glyphs[i:end])
		i = end
	}
	return out
}
