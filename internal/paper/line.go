package paper

import (
	"slices"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// shaped is the size at which text is shaped; lines are scaled from it to the
// size at which they are drawn.
const shaped = 100

// line is one line of a text, runs from left to right.
type line struct {
	of    shown
	runs  []shaping.Output
	width float64 // at size 1
	right bool    // begins at the right
}

// typesetter shapes and breaks the text of one paper.
type typesetter struct {
	fonts   *Fonts
	faces   map[*Font]*font.Face
	named   map[*font.Face]*Font
	segment shaping.Segmenter
	shaper  shaping.HarfbuzzShaper
	wrapper shaping.LineWrapper
	err     error // first fault of a font
}

func newTypesetter(f *Fonts) *typesetter {
	return &typesetter{fonts: f, faces: map[*Font]*font.Face{}, named: map[*font.Face]*Font{}}
}

// lines breaks a text without line feeds to a width, given as a multiple of the
// size at which it will be drawn.
func (t *typesetter) lines(text shown, bold bool, width float64) []line {
	direction := di.DirectionLTR
	if rightToLeft(text.runes) {
		direction = di.DirectionRTL
	}
	all := shaping.Input{
		Text: text.runes, RunEnd: len(text.runes), Direction: direction,
		Size: fixed.I(shaped), Language: language.NewLanguage("en"),
	}
	choice := &chooser{t: t, bold: bold, region: regionOf(text.runes)}
	var runs []shaping.Output
	for _, in := range slices.Clone(t.segment.Split(all, choice)) {
		if in.Face != nil {
			runs = append(runs, t.shaper.Shape(in))
		}
	}
	wrapped, _ := t.wrapper.WrapParagraphF(shaping.WrapConfig{Direction: direction}, fixed.Int26_6(width*shaped*64), text.runes, shaping.NewSliceIterator(runs))
	var out []line
	for _, w := range wrapped {
		l := line{of: text, right: direction == di.DirectionRTL}
		for _, r := range w {
			l.runs = append(l.runs, r)
			l.width += float64(r.Advance) / 64 / shaped
		}
		slices.SortStableFunc(l.runs, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
		out = append(out, l)
	}
	return out
}

// rightToLeft reports whether the first letter with a direction runs to the
// left (Unicode Bidirectional Algorithm, rules P2 and P3).
func rightToLeft(text []rune) bool {
	for _, r := range text {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// chooser finds the font of each sign; it stays with a font while the script
// is the same and the font has the signs.
type chooser struct {
	t      *typesetter
	bold   bool
	region string
	last   *Font
}

func (c *chooser) SetScript(language.Script) { c.last = nil }

func (c *chooser) ResolveFace(r rune) *font.Face {
	if c.last == nil || !c.last.has(r) {
		c.last = c.t.fonts.find(r, c.bold, c.region)
	}
	if c.last == nil { // it is invisible: any font will do
		c.last = c.t.fonts.find('a', c.bold, c.region)
	}
	return c.t.face(c.last)
}

func (t *typesetter) face(f *Font) *font.Face {
	if known, ok := t.faces[f]; ok {
		return known
	}
	face, err := f.face()
	if err != nil {
		if t.err == nil {
			t.err = err
		}
		return nil
	}
	t.faces[f], t.named[face] = face, f
	return face
}

// up and down are how far a line reaches from its baseline, at size 1, with the
// space between lines; at least as far as Latin text does.
func (l line) up() float64 {
	up := 1.0
	for _, r := range l.runs {
		up = max(up, float64(r.GlyphBounds.Ascent)/64/shaped+0.1)
	}
	return up
}

func (l line) down() float64 {
	down := 0.38
	for _, r := range l.runs {
		down = max(down, -float64(r.GlyphBounds.Descent)/64/shaped+0.08)
	}
	return down
}
