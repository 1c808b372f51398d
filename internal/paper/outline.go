package paper

import (
	"bytes"
	"encoding/binary"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// em is how many units a font of ours has to the em.
const em = 1000

// compact writes a font of the signs given, in their order, as Compact Font
// Format keyed by CID (Adobe Technical Note 5176); the first gets CID 1, and 0 is
// empty. The outlines are drawn anew, so that every format of font that can be
// read can be embedded, and only what is used.
func compact(name string, face *font.Face, signs []sign) []byte {
	strings := [][]byte{charstring(0)}
	for _, s := range signs {
		strings = append(strings, charstring(s.width, s.outlines(face)...))
	}
	header := []byte{1, 0, 4, 4}
	names := index([]byte(name))
	texts := index([]byte("Adobe"), []byte("Identity"))
	noSubroutines := index()
	charset := []byte{2, 0, 1, 0, 0} // one range, from CID 1 on
	binary.BigEndian.PutUint16(charset[3:], uint16(max(len(signs)-1, 0)))
	if len(signs) == 0 {
		charset = charset[:1]
	}
	choice := []byte{3, 0, 1, 0, 0, 0, 0, 0} // every glyph belongs to font 0
	binary.BigEndian.PutUint16(choice[6:], uint16(len(strings)))
	drawn := index(strings...)
	private := dict(entry{20, 0}, entry{21, 0}) // widths as they stand

	// Offsets are written in five bytes each, so the lengths are known before.
	top := func(charsetAt, choiceAt, drawnAt, fontsAt int) []byte {
		d := []byte{}
		d = append(d, dictNumber(391)...) // first string of ours: Adobe
		d = append(d, dictNumber(392)...)
		d = append(append(d, dictNumber(0)...), 12, 30)
		d = append(d, dict(entry{1234, len(strings)}, entry{15, charsetAt}, entry{1237, choiceAt}, entry{17, drawnAt}, entry{1236, fontsAt})...)
		return index(d)
	}
	at := len(header) + len(names) + len(top(0, 0, 0, 0)) + len(texts) + len(noSubroutines)
	charsetAt := at
	choiceAt := charsetAt + len(charset)
	drawnAt := choiceAt + len(choice)
	privateAt := drawnAt + len(drawn)
	fontsAt := privateAt + len(private)
	fonts := append(dictNumber(len(private)), dictNumber(privateAt)...)
	return bytes.Join([][]byte{
		header, names, top(charsetAt, choiceAt, drawnAt, fontsAt), texts, noSubroutines,
		charset, choice, drawn, private, index(append(fonts, 18)),
	}, nil)
}

// width is the advance of a glyph, in our units.
func width(face *font.Face, g font.GID) int {
	return int(math.Round(float64(face.HorizontalAdvance(g)) * em / float64(face.Upem())))
}

// index writes an INDEX (section 5 of the note).
func index(parts ...[]byte) []byte {
	if len(parts) == 0 {
		return []byte{0, 0}
	}
	out := binary.BigEndian.AppendUint16(nil, uint16(len(parts)))
	out = append(out, 4)
	at := uint32(1)
	out = binary.BigEndian.AppendUint32(out, at)
	for _, p := range parts {
		at += uint32(len(p))
		out = binary.BigEndian.AppendUint32(out, at)
	}
	return append(out, bytes.Join(parts, nil)...)
}

// entry is an operator of a DICT with its number; operators of two bytes are
// 1200 and the second.
type entry struct{ operator, value int }

func dict(entries ...entry) []byte {
	var out []byte
	for _, e := range entries {
		out = append(out, dictNumber(e.value)...)
		if e.operator >= 1200 {
			out = append(out, 12)
		}
		out = append(out, byte(e.operator%1200))
	}
	return out
}

func dictNumber(n int) []byte { return binary.BigEndian.AppendUint32([]byte{29}, uint32(int32(n))) }

// outline is a drawing with where it stands, in units of ours.
type outline struct {
	segments []opentype.Segment
	scale    float64
	x, y     float64
}

// charstring writes outlines as a Type 2 charstring (Adobe Technical Note 5177).
func charstring(width int, drawings ...outline) []byte {
	var p pen
	p.number(width)
	for _, d := range drawings {
		if len(d.segments) > 0 && d.segments[0].Op == opentype.SegmentOpMoveTo { // else it begins nowhere
			p.outline(d)
		}
	}
	return append(p.out, 14)
}

func (p *pen) outline(d outline) {
	p.of = d
	for _, s := range d.segments {
		a := s.ArgsSlice()
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			p.draw(21, a...)
		case opentype.SegmentOpLineTo:
			p.draw(5, a...)
		case opentype.SegmentOpQuadTo: // the same curve with two handles
			p.draw(8, between(p.last, a[0]), between(a[1], a[0]), a[1])
		case opentype.SegmentOpCubeTo:
			p.draw(8, a...)
		}
	}
}

// between is two thirds of the way from a to b.
func between(a, b opentype.SegmentPoint) opentype.SegmentPoint {
	return opentype.SegmentPoint{X: a.X + (b.X-a.X)*2/3, Y: a.Y + (b.Y-a.Y)*2/3}
}

// pen writes points relative to the one before; it rounds places, not ways, so
// that no error grows.
type pen struct {
	out  []byte
	of   outline
	x, y int                   // where it is, in our units
	last opentype.SegmentPoint // the same, in those of the font
}

// draw writes an operator with its points.
func (p *pen) draw(operator byte, points ...opentype.SegmentPoint) {
	for _, at := range points {
		x, y := int(math.Round(float64(at.X)*p.of.scale+p.of.x)), int(math.Round(float64(at.Y)*p.of.scale+p.of.y))
		p.number(x - p.x)
		p.number(y - p.y)
		p.x, p.y, p.last = x, y, at
	}
	p.out = append(p.out, operator)
}

func (p *pen) number(n int) {
	switch {
	case -107 <= n && n <= 107:
		p.out = append(p.out, byte(n+139))
	case 108 <= n && n <= 1131:
		n -= 108
		p.out = append(p.out, byte(n>>8)+247, byte(n))
	case -1131 <= n && n <= -108:
		n = -n - 108
		p.out = append(p.out, byte(n>>8)+251, byte(n))
	default:
		p.out = append(p.out, 28, byte(n>>8), byte(n))
	}
}
