package paper

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// embedded is a font as a paper uses it.
type embedded struct {
	name   string // of the resource: F1, F2 …
	family string
	face   *font.Face
	codes  map[string]int
	signs  []sign // sign of code n+1
}

// sign is what one code shows and stands for: always one character, so that
// whoever reads the file, from whichever side, reads what was given. Where
// several characters are drawn as one, the first sign from the left has the
// whole drawing and each has a share of the width.
type sign struct {
	glyphs []placed
	width  int // in units of ours
	means  rune
}

// placed is a glyph with its place in a sign, in units of ours.
type placed struct {
	glyph font.GID
	x, y  int
}

// code returns the code of a sign.
func (e *embedded) code(s sign) int {
	key := fmt.Sprint(s)
	if known, ok := e.codes[key]; ok {
		return known
	}
	e.signs = append(e.signs, s)
	e.codes[key] = len(e.signs)
	return len(e.signs)
}

func (s sign) outlines(face *font.Face) (out []outline) {
	scale := em / float64(face.Upem())
	for _, p := range s.glyphs {
		o, _ := face.GlyphDataOutline(p.glyph)
		out = append(out, outline{o.Segments, scale, float64(p.x), float64(p.y)})
	}
	return out
}

// signsOf divides the glyphs of a cluster among the characters that they stand
// for, from left to right.
func (e *embedded) signsOf(glyphs []shaping.Glyph, text []rune, toLeft bool) []sign {
	var all sign
	at := 0.0
	for _, g := range glyphs {
		x, y := at+float64(g.XOffset)*em/64/shaped, float64(g.YOffset)*em/64/shaped
		all.glyphs = append(all.glyphs, placed{g.GlyphID, int(math.Round(x)), int(math.Round(y))})
		at += float64(g.Advance) * em / 64 / shaped
		all.width += width(e.face, g.GlyphID)
	}
	out := make([]sign, len(text))
	for i, r := range text {
		at := i
		if toLeft {
			at = len(text) - 1 - i
		}
		out[at] = sign{width: all.width*(at+1)/len(text) - all.width*at/len(text), means: r}
	}
	out[0].glyphs = all.glyphs
	return out
}

// write adds the font to a file and returns its number (PDF 32000-1, 9.7: a Type
// 0 font over a CIDFont with Compact Font Format).
func (e *embedded) write(f *file) int {
	name := e.postscript()
	program := f.stream("/Subtype /CIDFontType0C", compact(name, e.face, e.signs))
	extents, _ := e.face.FontHExtents()
	scale := em / float64(e.face.Upem())
	up, down := int(float64(extents.Ascender)*scale), int(float64(extents.Descender)*scale)
	descriptor := f.add(fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile3 %d 0 R >>",
		name, -em, min(down, -em/2), 3*em, max(up, em), up, down, up*7/10, program))
	var widths strings.Builder
	for _, s := range e.signs {
		fmt.Fprintf(&widths, "%d ", s.width)
	}
	descendant := f.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 1000 /W [1 [%s]] >>",
		name, descriptor, strings.TrimSpace(widths.String())))
	unicodes := f.stream("", []byte(e.toUnicode()))
	return f.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, descendant, unicodes))
}

// postscript is the name of the font, with the mark of a part (9.6.4) made of
// what is in the part.
func (e *embedded) postscript() string {
	sum := sha256.Sum256(fmt.Append(nil, e.name, e.signs))
	mark := make([]byte, 6)
	for i := range mark {
		mark[i] = 'A' + sum[i]%26
	}
	plain := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, e.family)
	return string(mark) + "+" + plain
}

// toUnicode maps codes to what they stand for (9.10.3).
func (e *embedded) toUnicode() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 100 // entries of one section
	for from := 0; from < len(e.signs); from += most {
		part := e.signs[from:min(from+most, len(e.signs))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for i, s := range part {
			fmt.Fprintf(&b, "<%04X> <%s>\n", from+i+1, utf16Hex(string(s.means)))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}

func utf16Hex(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// pt writes a length in points, to a hundredth.
func pt(x float64) string {
	return strings.TrimSuffix(strings.TrimSuffix(fmt.Sprintf("%.2f", math.Round(x*100)/100), "0"), ".0")
}
