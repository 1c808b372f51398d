package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/index"
	"interdict/internal/name"
)

func mentions(text string, found []index.Mention) []string {
	var out []string
	for _, m := range found {
		out = append(out, fmt.Sprintf("%d-%d %q %s/%d kind %d %d/%d %v", m.Start, m.End, text[m.Start:m.End], m.Subject, m.Name, m.Kind, m.Result.N, m.Result.D, m.Result.Edges))
	}
	return out
}

func TestScanEqualsExhaustive(t *testing.T) {
	fillers := []string{"the", "of", "said", "president", "in", ",", ".", "\n", "\n\n", "(", "and", "a", "is", "terrorist", "44", "general", "Abdul", "al-", "Rahman,", "Allah", "Abdul,", "eddin", "Noor", "bin", "\t", "|", "“", "Joe", "Abu", "-"}
	rapid.Check(t, func(t *rapid.T) {
		var subjects []index.Subject
		for i := range rapid.IntRange(1, 15).Draw(t, "subjects") {
			subjects = append(subjects, index.Subject{
				ID:    fmt.Sprintf("s%02d", i),
				Kinds: rapid.SampledFrom([][]name.Kind{{name.AsPerson}, {name.AsOrganisation}}).Draw(t, "kinds"),
				Names: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawName(t, "name", 6) }), 1, 2).Draw(t, "names"),
			})
		}
		seg, err := index.Build(subjects)
		if err != nil {
			t.Fatal(err)
		}
		ix := index.New(seg)
		var text []string
		for range rapid.IntRange(1, 12).Draw(t, "pieces") {
			if s := rapid.SampledFrom(subjects).Draw(t, "of"); rapid.Bool().Draw(t, "listed") {
				text = append(text, s.Names[0])
			} else {
				text = append(text, drawName(t, "text", 3))
			}
			text = append(text, rapid.SampledFrom(fillers).Draw(t, "filler"))
		}
		body := strings.Join(text, " ")
		for _, theta := range []int{750, 850, 1000} {
			got, err := ix.Scan(body, theta)
			if err != nil {
				t.Fatal(err)
			}
			want, err := ix.ScanExhaustive(body, theta)
			if err != nil {
				t.Fatal(err)
			}
			if g, w := mentions(body, got), mentions(body, want); !slices.Equal(g, w) {
				t.Fatalf("%q at %d:\ngot  %s\nwant %s", body, theta, strings.Join(g, "\n     "), strings.Join(w, "\n     "))
			}
		}
	})
}
