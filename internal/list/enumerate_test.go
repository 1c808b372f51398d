package list_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/list"
)

func TestEnumerate(t *testing.T) {
	for text, want := range map[string]struct {
		head  string
		items []list.Item
	}{
		"1) Saudi Arabia 2) Qatar":                         {"", []list.Item{{1, 1, "Saudi Arabia"}, {2, 2, "Qatar"}}},
		"a) French, b) Tunisian":                           {"", []list.Item{{1, 1, "French"}, {2, 2, "Tunisian"}}},
		"(A) one (b) two":                                  {"", []list.Item{{1, 1, "one"}, {2, 2, "two"}}},
		"a) General b)Major General":                       {"", []list.Item{{1, 1, "General"}, {2, 2, "Major General"}}},
		"(1)-(2) Tunisia (3) Libya":                        {"", []list.Item{{1, 2, "Tunisia"}, {3, 3, "Libya"}}},
		"(1) to (6) Algeria (7) Morocco":                   {"", []list.Item{{1, 6, "Algeria"}, {7, 7, "Morocco"}}},
		"(1) (2) Iraq":                                     {"", []list.Item{{1, 2, "Iraq"}}},
		"(1) Russian (2) USSR (until 1991)":                {"", []list.Item{{1, 1, "Russian"}, {2, 2, "USSR (until 1991)"}}},
		"(1) A1 (Indian) (2)B2 (x)":                        {"", []list.Item{{1, 1, "A1 (Indian)"}, {2, 2, "B2 (x)"}}},
		"Passport no: (1) 10005159 (2) 10005160":           {"Passport no:", []list.Item{{1, 1, "10005159"}, {2, 2, "10005160"}}},
		"Syrian":                                           {"Syrian", nil},
		"Guinea (Conakry)":                                 {"Guinea (Conakry)", nil},
		"MM611523 (Filipino) (2004)":                       {"MM611523 (Filipino) (2004)", nil},
		"Region V (the Ogaden Region in eastern Ethiopia)": {"Region V (the Ogaden Region in eastern Ethiopia)", nil},
	} {
		head, items := list.Enumerate(text)
		if head != want.head || !cmp.Equal(items, want.items) {
			t.Errorf("Enumerate(%q) = %q, %v", text, head, items)
		}
	}
}

// Nothing of a cell is lost: each letter of it is in the head, an item, or a
// marker.
func FuzzEnumerate(f *testing.F) {
	f.Add("1) Saudi Arabia 2) Qatar")
	f.Add("(1)-(2) Tunisia (3) Libya")
	f.Add("(a) (b) x (c) to (d)")
	f.Fuzz(func(t *testing.T, text string) {
		head, items := list.Enumerate(text)
		rest := list.Squeeze(text)
		for _, piece := range append([]list.Item{{Text: head}}, items...) {
			i := strings.Index(rest, piece.Text)
			if i < 0 {
				t.Fatalf("piece %q of %q is not in it", piece.Text, text)
			}
			if gap := strings.Trim(rest[:i], "(), -–;&"); len(strings.Fields(strings.NewReplacer("(", " ", ")", " ", "-", " ").Replace(gap))) > 2*27+2 {
				t.Fatalf("lost %q of %q", gap, text)
			}
			rest = rest[i+len(piece.Text):]
		}
		for i, it := range items {
			if it.From > it.To || (i > 0 && it.From != items[i-1].To+1) {
				t.Fatalf("numbers of %q out of order: %v", text, items)
			}
		}
	})
}
