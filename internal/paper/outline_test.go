package paper

import (
	"bytes"
	"testing"

	"github.com/go-text/typesetting/font/cff"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"golang.org/x/image/font/gofont/goregular"
)

// gofonts are fonts that are there on every machine: Latin, Greek and Cyrillic.
func gofonts(t *testing.T) *Fonts {
	t.Helper()
	open := func(use func(opentype.Resource) error) error { return use(bytes.NewReader(goregular.TTF)) }
	all, err := Scan(bytes.NewReader(goregular.TTF), open)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Order(all)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestEmbeddedOutlines reads the font that we write by a reader that is not ours:
// every glyph has its outline, its width and its place.
func TestEmbeddedOutlines(t *testing.T) {
	face, err := gofonts(t).find('a', false, "").face()
	if err != nil {
		t.Fatal(err)
	}
	var signs []sign
	for _, r := range "aéЖŵg@. Ω" {
		g, ok := face.NominalGlyph(r)
		if !ok {
			t.Fatalf("no %q", r)
		}
		signs = append(signs, sign{glyphs: []placed{{glyph: g, x: 30, y: -200}}, width: width(face, g), means: r})
	}
	signs = append(signs, sign{width: 777, means: ' '})
	read, err := cff.Parse(compact("ABCDEF+Go", face, signs))
	if err != nil {
		t.Fatal(err)
	}
	if len(read.Charstrings) != len(signs)+1 {
		t.Fatalf("%d glyphs, want %d", len(read.Charstrings), len(signs)+1)
	}
	for i, s := range signs {
		got, _, err := read.LoadGlyph(tables.GlyphID(i + 1))
		if err != nil {
			t.Fatalf("%q: %v", s.means, err)
		}
		var want []opentype.Segment
		if len(s.glyphs) > 0 {
			o, _ := face.GlyphDataOutline(s.glyphs[0].glyph)
			want = o.Segments
		}
		sameOutline(t, s.means, got, want, em/float64(face.Upem()))
	}
}

// sameOutline compares where the pen stands after each piece. The reader may
// close outlines by a line of its own.
func sameOutline(t *testing.T, r rune, got, want []opentype.Segment, scale float64) {
	t.Helper()
	ends := func(all []opentype.Segment, scale, x, y float64) (out [][2]int) {
		for _, s := range all {
			p := s.ArgsSlice()[len(s.ArgsSlice())-1]
			at := [2]int{int(float64(p.X)*scale + x + 5000.5), int(float64(p.Y)*scale + y + 5000.5)}
			if len(out) == 0 || at != out[len(out)-1] {
				out = append(out, at)
			}
		}
		return out
	}
	have := map[[2]int]bool{}
	for _, at := range ends(got, 1, 0, 0) {
		have[at] = true
	}
	wanted := ends(want, scale, 30, -200)
	for _, at := range wanted {
		near := false
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				near = near || have[[2]int{at[0] + dx, at[1] + dy}]
			}
		}
		if !near {
			t.Fatalf("%q: no piece ends at %v", r, at)
		}
	}
	if len(wanted) == 0 && len(got) != 0 {
		t.Errorf("%q is empty and has %d pieces", r, len(got))
	}
}
