package paper

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"

	"interdict/internal/fault"
)

// Font is one face of a font file. It is safe for use by several papers at once.
type Font struct {
	name   string // family
	weight font.Weight
	rank   int
	region string // of the Han signs: SC, TC, HK, JP, KR, or none
	signs  font.Cmap
	load   func() (*font.Font, error)
}

// Scan reads what faces a font file holds, and which signs they have; the rest
// is read by open, from the same file again, when a face is first used. Faces
// that cannot be printed are left out: bitmaps, italics, narrow ones, stand-ins for missing
// fonts, and those whose maker forbids embedding (OS/2 fsType).
func Scan(file opentype.Resource, open func(use func(opentype.Resource) error) error) ([]*Font, error) {
	loaders, err := opentype.NewLoaders(file)
	if err != nil {
		return nil, fault.As(fault.Invalid, err)
	}
	var out []*Font
	for i, l := range loaders {
		f, ok := describe(l)
		if !ok {
			continue
		}
		f.load = sync.OnceValues(func() (loaded *font.Font, err error) {
			err = open(func(again opentype.Resource) error {
				loaders, err := opentype.NewLoaders(again)
				if err != nil || i >= len(loaders) {
					return fault.New(fault.Unavailable, "%s: its file has changed (%v)", f.name, err)
				}
				loaded, err = font.NewFont(loaders[i])
				return err
			})
			return loaded, err
		})
		out = append(out, f)
	}
	return out, nil
}

// describe reads the name and the signs of a face; false: it is not for print.
func describe(l *opentype.Loader) (*Font, bool) {
	if !l.HasTable(tag("glyf")) && !l.HasTable(tag("CFF ")) && !l.HasTable(tag("CFF2")) || forbidden(l) {
		return nil, false
	}
	d, _ := font.Describe(l, nil)
	rank, ok := rankOf(d.Family)
	if !ok || d.Family == "" || d.Aspect.Style == font.StyleItalic || d.Aspect.Stretch != 0 && d.Aspect.Stretch != font.StretchNormal {
		return nil, false
	}
	raw, err := l.RawTable(tag("cmap"))
	if err != nil {
		return nil, false
	}
	table, _, err := tables.ParseCmap(raw)
	if err != nil {
		return nil, false
	}
	signs, _, err := font.ProcessCmap(table, 0)
	if err != nil {
		return nil, false
	}
	f := &Font{name: d.Family, weight: d.Aspect.Weight, rank: rank, signs: signs}
	if words := strings.Fields(d.Family); slices.Contains([]string{"SC", "TC", "HK", "JP", "KR"}, words[len(words)-1]) {
		f.region = words[len(words)-1]
	}
	return f, true
}

func tag(s string) opentype.Tag { return opentype.MustNewTag(s) }

// forbidden reports whether the licence bits of a font forbid to embed it, or to
// embed a part of it (OpenType, OS/2 table, fsType bits 1, 8 and 9).
func forbidden(l *opentype.Loader) bool {
	raw, err := l.RawTable(tag("OS/2"))
	if err != nil || len(raw) < 10 {
		return false
	}
	bits := uint16(raw[8])<<8 | uint16(raw[9])
	return bits&0x0002 != 0 || bits&0x0300 != 0
}

// preferred are the families to take first, by how they begin; the longest that
// fits counts. Any other family comes after them.
var preferred = []string{
	"Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "DejaVu Sans", "Liberation Sans",
	"Geeza Pro", "Thonburi", "Kohinoor", "Leelawadee UI", "Nirmala UI",
	"Noto Sans CJK", "PingFang", "Microsoft YaHei", "Hiragino Sans", "Yu Gothic", "Apple SD Gothic Neo", "Malgun Gothic",
}

// last are words in the names of families that stand behind all others.
var last = []string{"Mono", "Serif", "Kufi", "Nastaliq", "Display", "Symbol", "Music", "Math", "Emoji", "Unifont"}

// standIns are families whose signs are no letters but placeholders.
var standIns = []string{"LastResort", "Last Resort", "Adobe Blank", "Tofu", "Fallback"}

// rankOf tells how early a family is tried; false: never.
func rankOf(family string) (int, bool) {
	has := func(word string) bool { return strings.Contains(strings.ToLower(family), strings.ToLower(word)) }
	if slices.ContainsFunc(standIns, has) {
		return 0, false
	}
	rank, fits := len(preferred), 0
	for i, p := range preferred {
		if len(p) > fits && strings.HasPrefix(strings.ToLower(family), strings.ToLower(p)) {
			rank, fits = i, len(p)
		}
	}
	if family == "Go" { // comes with the program
		return 4 * len(preferred), true
	}
	if slices.ContainsFunc(last, has) {
		rank += 2 * len(preferred)
	}
	return rank, true
}

// Fonts are fonts in the order in which they are tried.
type Fonts struct{ regular, bold []*Font }

// Order makes a choice of fonts of them; the order of the input does not matter
// unless two have the same name and weight. Without one that has the letters a
// to z there is no paper, and the error says what to do.
func Order(all []*Font) (*Fonts, error) {
	f := &Fonts{regular: byWeight(all, font.WeightNormal), bold: byWeight(all, font.WeightBold)}
	for _, r := range "azAZ09.," {
		if f.find(r, false, "") == nil {
			return nil, fault.Hint(fault.New(fault.Unavailable, "no font here has the sign %q", r),
				"install a font such as DejaVu Sans or Noto Sans, or name a folder that holds one")
		}
	}
	return f, nil
}

func byWeight(all []*Font, wanted font.Weight) []*Font {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b *Font) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.far(wanted), b.far(wanted)), cmp.Compare(a.name, b.name))
	})
	return out
}

func (f *Font) far(wanted font.Weight) font.Weight {
	if f.weight == 0 {
		return max(wanted-font.WeightNormal, font.WeightNormal-wanted)
	}
	return max(f.weight-wanted, wanted-f.weight)
}

// find returns the first font that has a sign; nil if none has. Of fonts that
// draw Han signs as in one region, those of another come last.
func (f *Fonts) find(r rune, bold bool, region string) *Font {
	from := f.regular
	if bold {
		from = f.bold
	}
	var elsewhere *Font
	for _, c := range from {
		switch {
		case !c.has(r):
		case c.region == "" || c.region == region:
			return c
		case elsewhere == nil:
			elsewhere = c
		}
	}
	return elsewhere
}

// regionOf tells which region's Han signs a text wants: those of Japan beside
// kana, of Korea beside hangul, else the simplified ones of China.
func regionOf(text []rune) string {
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "JP"
		case unicode.Is(unicode.Hangul, r):
			return "KR"
		}
	}
	return "SC"
}

func (f *Font) has(r rune) bool {
	g, ok := f.signs.Lookup(r)
	return ok && g != 0
}

// face returns a face to shape with; it must not be shared between papers.
func (f *Font) face() (*font.Face, error) {
	loaded, err := f.load()
	if err != nil {
		return nil, fmt.Errorf("reading the font %s: %w", f.name, err)
	}
	return font.NewFace(loaded), nil
}
