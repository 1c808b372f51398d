package paper

import (
	"slices"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	classes "golang.org/x/text/unicode/bidi"
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
	bidi    bidi.Paragraph
	err     error // first fault of a font
}

func newTypesetter(f *Fonts) *typesetter {
	return &typesetter{fonts: f, faces: map[*Font]*font.Face{}, named: map[*font.Face]*Font{}}
}

// lines breaks a text without line feeds to a width, given as a multiple of the
// size at which it will be drawn.
func (t *typesetter) lines(text shown, bold bool, width float64) []line {
	direction := di.DirectionLTR
	if text.toLeft {
		direction = di.DirectionRTL
	}
	all := shaping.Input{
		Text: text.runes, RunEnd: len(text.runes), Direction: direction,
		Size: fixed.I(shaped), Language: language.NewLanguage("en"),
	}
	choice := &chooser{t: t, bold: bold, region: regionOf(text.runes)}
	levels := t.levels(text)
	var runs []shaping.Output
	for _, in := range slices.Clone(t.segment.Split(all, choice)) {
		if in.Face == nil {
			continue // its fault is kept
		}
		for _, piece := range byLevel(in, levels) {
			runs = append(runs, t.shaper.Shape(piece))
		}
	}
	wrapped, _ := t.wrapper.WrapParagraphF(shaping.WrapConfig{Direction: direction}, fixed.Int26_6(width*shaped*64), text.runes, shaping.NewSliceIterator(runs))
	var out []line
	for _, w := range wrapped {
		l := line{of: text, right: text.toLeft, runs: slices.Clone(w)}
		l.trim()
		inOrder(l.runs, levels)
		for _, r := range l.runs {
			l.width += float64(r.Advance) / 64 / shaped
		}
		out = append(out, l)
	}
	return out
}

// levels returns the level of each sign (Unicode Bidirectional Algorithm, 3.2).
func (t *typesetter) levels(text shown) []bidi.Level {
	out := make([]bidi.Level, len(text.runes))
	if len(out) == 0 {
		return nil
	}
	direction := bidi.LeftToRight
	if text.toLeft {
		direction = bidi.RightToLeft
	}
	runs := t.bidi.Segment(text.runes, direction)
	for i := range runs.NumRuns() {
		r := runs.Run(i)
		end := r.End
		if r.Level == 2 && !text.toLeft {
			end = afterNumber(text.runes, r.Start, r.End)
		}
		for at := r.Start; at < end; at++ {
			out[at] = r.Level
		}
	}
	return out
}

// afterNumber returns where a number ends that begins a run. In a text that runs
// to the right a run may hold a number of level 2 and then words of level 0; the
// segmenter tells the level of its beginning only.
func afterNumber(text []rune, start, end int) int {
	after := start
	for i := start; i < end; i++ {
		switch classOf(text[i]) {
		case classes.EN, classes.AN:
			after = i + 1
		case classes.ES, classes.CS, classes.ET, classes.NSM, classes.BN:
		default:
			return after
		}
	}
	return after
}

// byLevel cuts a piece of text where its level changes.
func byLevel(in shaping.Input, levels []bidi.Level) []shaping.Input {
	var out []shaping.Input
	from := in.RunStart
	for at := in.RunStart + 1; at <= in.RunEnd; at++ {
		if at == in.RunEnd || levels[at] != levels[from] {
			piece := in
			piece.RunStart, piece.RunEnd = from, at
			out, from = append(out, piece), at
		}
	}
	return out
}

// inOrder puts runs from their logical order into that from left to right: every
// stretch of a level or above is turned, the highest first (rule L2). The shaper
// knows two levels only, and would put digits on the wrong side of Arabic words.
func inOrder(runs []shaping.Output, levels []bidi.Level) {
	at := func(i int) bidi.Level { return levels[runs[i].Runes.Offset] }
	highest := bidi.Level(0)
	for i := range runs {
		highest = max(highest, at(i))
	}
	// The levels turn with their runs, for each keeps its offset.
	for level := highest; level > 0; level-- {
		for i := 0; i < len(runs); i++ {
			end := i
			for end < len(runs) && at(end) >= level {
				end++
			}
			slices.Reverse(runs[i:end])
			i = max(i, end)
		}
	}
}

// trim takes the width of the spaces at the end of a line, which is not where
// it is drawn to end when directions mix.
func (l *line) trim() {
	if len(l.runs) == 0 {
		return
	}
	last := l.runs[len(l.runs)-1].Runes
	end := last.Offset + last.Count
	for end > 0 && l.of.runes[end-1] == ' ' {
		end--
	}
	for i := range l.runs {
		r := &l.runs[i]
		for g := range r.Glyphs {
			if r.Glyphs[g].TextIndex() >= end {
				r.Advance -= r.Glyphs[g].Advance
				r.Glyphs[g].Advance = 0
			}
		}
	}
}

// direct tells which way a text runs: that of most of its letters (Unicode
// Bidirectional Algorithm, HL1), so that a sentence may begin with a name.
func (s shown) direct() shown {
	left, right := 0, 0
	for _, r := range s.runes {
		switch classOf(r) {
		case classes.L:
			left++
		case classes.R, classes.AL:
			right++
		}
	}
	s.toLeft = right > left
	return s
}

func classOf(r rune) classes.Class {
	p, _ := classes.LookupRune(r)
	return p.Class()
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
