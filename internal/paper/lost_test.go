package paper

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/go-text/typesetting/shaping"
	"pgregory.net/rapid"
)

// TestNothingIsLost puts any text before fonts that have some of its signs: what
// is shown, with what it stands for in the place of each note, is the text again,
// and everything shown can be drawn.
func TestNothingIsLost(t *testing.T) {
	f := gofonts(t)
	signs := rapid.OneOf(rapid.RuneFrom([]rune("abzÉЖ Ω .,-"), unicode.Latin, unicode.Cyrillic), rapid.RuneFrom([]rune("محمد ")), rapid.RuneFrom([]rune("張偉 ")),
		rapid.RuneFrom([]rune("สมชาย")), rapid.RuneFrom([]rune("क्षत्रि")), rapid.RuneFrom([]rune("😀✓\u200d\ufe0f\u202b")), rapid.Rune())
	rapid.Check(t, func(t *rapid.T) {
		given := string(rapid.SliceOfN(signs, 0, 40).Draw(t, "text"))
		s := f.show(given)
		for _, r := range s.runes {
			if !f.canShow(r) {
				t.Fatalf("%q is shown as %q, and %q has no font", given, string(s.runes), r)
			}
		}
		back := slices.Clone(s.runes)
		for _, l := range slices.Backward(s.lost) {
			if string(back[l.start:l.end]) != l.note {
				t.Fatalf("%q: the note is %q, and %q stands there", given, l.note, string(back[l.start:l.end]))
			}
			back = slices.Concat(back[:l.start], []rune(l.text), back[l.end:])
		}
		if want := clean(given); string(back) != want {
			t.Fatalf("%q came back as %q", want, string(back))
		}
	})
}

func TestWhatHasNoFontIsSaid(t *testing.T) {
	f := gofonts(t)
	for given, want := range map[string]string{
		"Абу Bakr":                     "Абу Bakr",
		"known as محمد صلاح (born)":    "known as [Muhammad Salah – in Arabic, no font here] (born)",
		"張偉, then 王小明":                 "[Zhangwei – in Han, no font here], then [Wangxiaoming – in Han, no font here]",
		"paid in 🪙":                    "paid in [U+1FA99, no font here]",
		"𞤀𞤣":                           "[U+1E900 U+1E923 – in Adlam, no font here]",
		"account\u202e 31 nolla":       "account[U+202E, override of direction] 31 nolla",
		"two\tcolumns\x00and a letter": "two columns and a letter",
	} {
		s := f.show(given)
		if got := string(s.runes); got != want {
			t.Errorf("%q is shown as\n%q, want\n%q", given, got, want)
		}
	}
	blocks := lostBlocks(f.show("張偉 and 張偉").lost)
	if len(blocks) != 3 || len(blocks[2].(Table).Rows) != 1 || blocks[2].(Table).Rows[0][2] != "U+5F35 U+5049" {
		t.Errorf("at the end stands %v", blocks)
	}
}

// TestVisualOrder follows rule L2 of the bidirectional algorithm, over three levels.
func TestVisualOrder(t *testing.T) {
	for _, c := range []struct {
		name, text string
		toLeft     bool
		want       string
	}{
		{"one way", "abc", false, "abc"},
		{"Arabic in Latin", "abc قضية def", false, "abc |قضية| def"},
		{"digits after Arabic in Latin stand at its left", "abc قضية ١٧ def", false, "abc |١٧|قضية | def"},
		{"a date in Hebrew in Latin", "abc שלום 12/05 def", false, "abc |12/05|שלום | def"},
		{"digits after Latin stay with it", "abc 17 קזה", false, "abc 17 |קזה"},
		{"Latin in Arabic", "قال John Smith اليوم", true, " اليوم|John Smith|قال "},
	} {
		runes := []rune(c.text)
		levels := newTypesetter(nil).levels(shown{runes: runes, toLeft: c.toLeft})
		var runs []shaping.Output
		for _, in := range byLevel(shaping.Input{RunEnd: len(runes)}, levels) {
			runs = append(runs, shaping.Output{Runes: shaping.Range{Offset: in.RunStart, Count: in.RunEnd - in.RunStart}})
		}
		inOrder(runs, levels)
		var got []string
		for _, r := range runs {
			got = append(got, string(runes[r.Runes.Offset:r.Runes.Offset+r.Runes.Count]))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.name, strings.Join(got, "|"), c.want)
		}
	}
}

func TestDirectionIsThatOfMostLetters(t *testing.T) {
	for text, want := range map[string]bool{
		"Abu Bakr": false, "أبو بكر": true, "أبو بكر met the treasurer": false, "Bank قال السيد إن الحساب": true, "123": false, "": false,
	} {
		if got := (shown{runes: []rune(text)}).direct().toLeft; got != want {
			t.Errorf("%q runs to the left: %v", text, got)
		}
	}
}
