package ch_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/list"
	"interdict/internal/list/ch"
	"interdict/internal/list/listtest"
	"interdict/internal/record"
)

func read(t testing.TB, text string) ([]record.Record, []error, *list.Report) {
	t.Helper()
	f := ch.Source.Formats[0]
	return listtest.Read(t, f.Read, listtest.Text("seco.xml", text))
}

func sample(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/seco-sample.xml")
	if err != nil {
		t.Fatal(err)
	}
	if !ch.Source.Formats[0].Accepts(nil, raw[:min(len(raw), 4096)]) {
		t.Fatal("the sample is not accepted")
	}
	return string(raw)
}

func TestSample(t *testing.T) {
	text := sample(t)
	records, errs, report := read(t, text)
	if n := strings.Count(text, "<target"); report.Elements != n {
		t.Errorf("%d targets, %d elements", n, report.Elements)
	}
	got := listtest.Dump(t, records)
	for _, err := range errs {
		got += "error: " + err.Error() + "\n"
	}
	listtest.Golden(t, "seco-sample.golden", got+listtest.Warnings(report))
}

// Where the table of places stands makes no difference.
func TestPlacesMayStandFirst(t *testing.T) {
	text := sample(t)
	i, j := strings.Index(text, "  <target"), strings.Index(text, "  <place ")
	end := strings.Index(text, "</swiss-sanctions-list>")
	moved := text[:i] + text[j:end] + text[i:j] + text[end:]
	strip := func(text string) string {
		records, _, _ := read(t, text)
		for i := range records {
			records[i].Line = 0
		}
		return listtest.Dump(t, records)
	}
	if strip(text) != strip(moved) {
		t.Error("records differ when the places come first")
	}
}

// A name has one whole name for each choice of one spelling a part, in each
// culture, and each of them has a spelling of every part.
func TestWholeNamesAreTheProduct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Z][a-z]{2,8}`)
		var xml strings.Builder
		want := 1
		cyrillic := 1
		spelt := false
		n := rapid.IntRange(1, 4).Draw(t, "parts")
		for i := range n {
			fmt.Fprintf(&xml, `<name-part order="%d" name-part-type="other"><value>%s%d</value>`, i+1, word.Draw(t, "value"), i)
			variants := rapid.IntRange(0, 3).Draw(t, "variants")
			for v := range variants {
				fmt.Fprintf(&xml, `<spelling-variant lang="rus" script="CYRL">%s%d%d</spelling-variant>`, word.Draw(t, "variant"), i, v)
			}
			xml.WriteString(`</name-part>`)
			if variants > 0 {
				spelt = true
				cyrillic *= variants
			}
		}
		if spelt {
			want += cyrillic
		}
		text := `<swiss-sanctions-list><target ssid="1"><entity><identity><name name-type="primary-name">` + xml.String() + `</name></identity></entity></target></swiss-sanctions-list>`
		count := 0
		for rec, err := range ch.Source.Formats[0].Read(listtest.Text("x", text), &list.Report{}) {
			if err != nil {
				t.Fatal(err)
			}
			count = len(rec.Names)
			for _, name := range rec.Names {
				if len(name.Parts) != n || len(strings.Fields(name.Full)) != n {
					t.Fatalf("name %q has not %d parts", name.Full, n)
				}
			}
		}
		if count != want {
			t.Fatalf("%d names, want %d", count, want)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(sample(f))
	f.Add(`<swiss-sanctions-list><target ssid="1" sanctions-set-id="2"><individual><identity><name><name-part/></name>`)
	f.Fuzz(func(t *testing.T, text string) {
		read(t, text)
	})
}
