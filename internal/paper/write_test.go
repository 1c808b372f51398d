package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"interdict/internal/fault"
)

func sheet(rows int) Sheet {
	t := Table{Head: []string{"No", "Who"}}
	for i := range rows {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i), strings.Repeat("Ann Example ", i%40)})
	}
	return Sheet{
		Title: "A case", Mark: "TLP:AMBER", Header: "Evidence", Footer: "printed by ann", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Blocks: []Block{
			Heading{1, "First"},
			Paragraph{"One.\r\nTwo.\n\nThree (fi) \\ ( ) <>"},
			Labelled{"name", "محمد"},
			Heading{2, "Rows"},
			t,
			Labelled{"", strings.Repeat("word ", 3000)},
			Heading{1, "Second"},
		},
	}
}

func written(t *testing.T, s Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, s, gofonts(t)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEqualSheetsGiveEqualBytes(t *testing.T) {
	a, b := written(t, sheet(80)), written(t, sheet(80))
	if !bytes.Equal(a, b) {
		t.Error("two writings of a sheet differ")
	}
	other := sheet(80)
	other.Mark = "TLP:RED"
	if bytes.Equal(a, written(t, other)) {
		t.Error("another sheet gives the same bytes")
	}
}

// TestTheFileIsWellFormed checks the cross-reference table and that everything
// that is referred to is there.
func TestTheFileIsWellFormed(t *testing.T) {
	pdf := written(t, sheet(200))
	start := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(pdf)
	if start == nil {
		t.Fatal("no end")
	}
	at, _ := strconv.Atoi(string(start[1]))
	lines := strings.Split(string(pdf[at:]), "\n")
	var count int
	fmt.Sscanf(lines[1], "0 %d", &count)
	for n := 1; n < count; n++ {
		offset, err := strconv.Atoi(lines[2+n][:10])
		if err != nil || !bytes.HasPrefix(pdf[offset:], fmt.Appendf(nil, "%d 0 obj\n", n)) {
			t.Fatalf("object %d is not at %q", n, lines[2+n])
		}
	}
	for _, ref := range regexp.MustCompile(`(\d+) 0 R`).FindAllSubmatch(pdf, -1) {
		if n, _ := strconv.Atoi(string(ref[1])); n < 1 || n >= count {
			t.Errorf("%s refers to nothing", ref[0])
		}
	}
	if pages := bytes.Count(pdf, []byte("/Type /Page ")); pages < 8 {
		t.Errorf("%d pages", pages)
	}
}

func TestWithoutLettersThereIsNoPaper(t *testing.T) {
	_, err := Order(nil)
	if fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.Hints(err), "install a font") {
		t.Errorf("%v, %s", err, fault.Hints(err))
	}
}

func TestStandInsAreNoFonts(t *testing.T) {
	for family, want := range map[string]bool{"Noto Sans": true, "Last Resort": false, "LastResort": false, "Adobe Blank": false, "Noto Sans CJK JP": true} {
		if _, ok := rankOf(family); ok != want {
			t.Errorf("%s: %v", family, ok)
		}
	}
	plain, _ := rankOf("Noto Sans")
	for _, later := range []string{"Noto Sans Mono", "Noto Serif", "Noto Sans CJK SC", "DejaVu Sans", "Something"} {
		if rank, _ := rankOf(later); rank <= plain {
			t.Errorf("%s comes before Noto Sans", later)
		}
	}
}
