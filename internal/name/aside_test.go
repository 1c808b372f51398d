package name_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interdict/internal/name"
)

// asides are what a text is read as besides as it stands: surfaces, with < and >
// at the ends where spans must begin and end, ~ where it is turned.
func asides(text string, kind name.Kind) []string {
	var out []string
	for _, a := range new(name.Reader).Asides(text, kind) {
		var words []string
		for _, p := range a.Positions {
			words = append(words, p.Alts[0].Surface)
		}
		line := strings.Join(words, " ")
		if a.Starts {
			line = "<" + line
		}
		if a.Ends {
			line += ">"
		}
		if a.Turned {
			line = "~" + line
		}
		out = append(out, line)
	}
	return out
}

func TestAsides(t *testing.T) {
	for _, c := range []struct {
		given string
		text  string
		kind  name.Kind
		want  []string
	}{
		{"nothing of a compound", "the ferry left, and Omar stayed", name.AsPerson, nil},
		{"a compound", "saw Abdul Karim", name.AsPerson, []string{"<karim", "saw abdul>"}},
		{"a compound of three words", "Nur al Din left", name.AsPerson, []string{"<al din left", "nur>", "<al>", "<din left", "nur al>"}},
		{"two", "by Abdul Habib Allah", name.AsPerson, []string{"<habiballah", "by abdul>"}},
		{"an organisation", "near AL-REHMAN TRUST", name.AsOrganisation, []string{"<al rehman trust", "near>", "<al>", "<rehman trust", "near al>"}},
		{"turned round", "RAHIM, Abdul", name.AsPerson, []string{"~abdrahim"}},
		{"a comma of no turn", "RAHIM, Omar", name.AsPerson, nil},
		{"an attribute before the comma", "ULLAH, Khair", name.AsPerson, []string{"~khairallah"}},
		{"a compound over the comma", "ABDU, Ali", name.AsPerson, []string{"<ali", "abdu>", "~ali abdu"}},
		{"no turn over two commas", "RAHIM, born, Abdul", name.AsPerson, []string{"~abdborn"}},
		{"no turn of an organisation", "RAHIM, Abdul", name.AsOrganisation, nil},
	} {
		if diff := cmp.Diff(c.want, asides(c.text, c.kind)); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", c.given, c.text, diff)
		}
	}
}

// An aside is what its words are by themselves, whatever the reader has met, and
// lies within the text.
func TestAsidesAreReadByThemselves(t *testing.T) {
	words := []string{"Abd", "al", "Rahman", "abdul", "Nur", "Din", "eddin", "Allah,", "the", "Company", "forty", "four", "bin", "Abu", "Ali,", "الله", "والرحمن", "A.B.", "Karim", ",", "Ansar", "dine", "bakr", "bakar,"}
	ignore := cmpopts.IgnoreFields(name.Position{}, "Word", "Start", "End")
	rapid.Check(t, func(t *rapid.T) {
		r := &name.Reader{}
		for range 3 {
			text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 25).Draw(t, "words"), " ")
			for _, kind := range []name.Kind{name.AsPerson, name.AsOrganisation} {
				r.Stream(nil, text, kind)
				for _, a := range r.Asides(text, kind) {
					alone := text[a.Start:a.End]
					want := [][]name.Position{(*name.Reader)(nil).Stream(nil, alone, kind)}
					if a.Turned {
						want = name.Turned(alone)
						if whole := name.Analyse(alone, kind).Positions; !cmp.Equal(whole, a.Positions, ignore) {
							t.Fatalf("%q turned is not what it is as a name: %s", alone, cmp.Diff(whole, a.Positions, ignore))
						}
					}
					if !slices.ContainsFunc(want, func(w []name.Position) bool { return cmp.Equal(w, a.Positions, ignore) }) {
						t.Fatalf("%q in %q is read %s, by itself %s", alone, text, fmt.Sprint(a.Positions), fmt.Sprint(want))
					}
				}
			}
		}
	})
}
