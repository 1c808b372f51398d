package name_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interdict/internal/name"
)

// A reader with a memory reads as one without, however often it has met a word.
func TestAReaderReadsAsTheFunctions(t *testing.T) {
	words := []string{
		"Abd", "al", "Rahman", "abdul", "Nur", "Din", "Allah", "Hizb", "the", "Joint", "stock", "Company", "S.A.", "A.B.C.", "forty", "four", "44th",
		"bin", "Abu", "Ali", "القاعدة", "وال", "أبوغيث", "محمدعلي", "پور", "و", "казанский", "Kazansky", "имени", "香港电子", "Петров", "习近平", "有限公司", "김정은", "O'Neil", "Ivanovich", "limited", "Fi", "zh", "Azhar", ",", "№", "ﷲ",
		"river", "House", "Smith", "река", "الشرقية", "大", "sociedad", "anonima", "de", "capital", "variable", "joint-stock", "Ansar", "dine", "bakr", "НефтеТрейд", "(Arabic)", "(born", "1.2.1970)",
	}
	ignore := cmpopts.IgnoreFields(name.Position{}, "Word")
	rapid.Check(t, func(t *rapid.T) {
		r := &name.Reader{}
		var room []name.Position
		for range 4 {
			text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 25).Draw(t, "words"), rapid.SampledFrom([]string{" ", "-", ". "}).Draw(t, "between"))
			for _, kind := range []name.Kind{name.AsPerson, name.AsOrganisation} {
				room = r.Stream(room, text, kind)
				if d := cmp.Diff((*name.Reader)(nil).Stream(nil, text, kind), room, ignore); d != "" {
					t.Fatalf("stream %q: %s", text, d)
				}
				if d := cmp.Diff(name.Readings(text, kind), r.Readings(text, kind), ignore); d != "" {
					t.Fatalf("readings %q: %s", text, d)
				}
			}
		}
	})
}
