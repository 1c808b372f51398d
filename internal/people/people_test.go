package people_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"interdict/internal/country"
	"interdict/internal/mutate"
	"interdict/internal/people"
	"interdict/internal/script"
)

// scriptOf is how package script calls what ISO 15924 divides further.
var scriptOf = map[string]string{"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani"}

func TestEveryWordIsInTheScriptOfItsCulture(t *testing.T) {
	for _, k := range people.Cultures() {
		want := k.Script
		if s, ok := scriptOf[want]; ok {
			want = s
		}
		c := mutate.NewChance(7)
		for range 500 {
			p := k.Draw(c)
			got := script.Of(p.Name)
			if k.Script == "Jpan" && (got == "Hira" || got == "Kana") {
				continue
			}
			if got != want && !(want == "Ethi" && got == "Zyyy") {
				t.Errorf("%s: %q is in %s, want %s", k.Name, p.Name, got, want)
			}
			if strings.ContainsFunc(p.Name, func(r rune) bool { return r == '_' || r == '\\' || unicode.IsDigit(r) }) || p.Name != strings.TrimSpace(p.Name) {
				t.Errorf("%s: %q is no name", k.Name, p.Name)
			}
			if code, ok := country.Code(p.Country); !ok || code != p.Country {
				t.Errorf("%s: %q is no country", k.Name, p.Country)
			}
		}
	}
}

func TestCustomersFollowFromTheSeed(t *testing.T) {
	for _, k := range people.Cultures() {
		draw := func(seed uint64) (out []people.Customer) {
			for c := mutate.NewChance(seed); len(out) < 40; {
				out = append(out, k.Draw(c))
			}
			return out
		}
		if a, b := draw(3), draw(3); !slices.Equal(a, b) {
			t.Errorf("%s: the same seed gives %v and %v", k.Name, a[0], b[0])
		}
		if a, b := draw(3), draw(4); slices.Equal(a, b) {
			t.Errorf("%s: two seeds give the same customers", k.Name)
		}
	}
}

func TestTheCommonestNamesComeOftenest(t *testing.T) {
	i := slices.IndexFunc(people.Cultures(), func(k people.Culture) bool { return k.Name == "korean-original" })
	k := people.Cultures()[i]
	kim, noh := 0, 0
	for c, n := mutate.NewChance(1), 0; n < 3000; n++ {
		switch name := k.Draw(c).Name; {
		case strings.HasPrefix(name, "김"):
			kim++
		case strings.HasPrefix(name, "노"):
			noh++
		}
	}
	if kim < 5*noh || noh == 0 {
		t.Errorf("of 3,000 %d begin with 김, the first of the list, and %d with 노, the last", kim, noh)
	}
}

func TestCulturesAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range people.Cultures() {
		if seen[k.Name] {
			t.Errorf("%s stands twice", k.Name)
		}
		seen[k.Name] = true
	}
	if len(seen) < 40 {
		t.Errorf("%d cultures only", len(seen))
	}
}

func TestABrokenTableSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		"given A":                                                "names.txt:1",
		"culture x Latn DE\ngiven":                               "names.txt:2",
		"culture x Latn DE\ngiven A":                             "no pattern",
		"culture x Latn DE\npattern given":                       `no list "given"`,
		"culture x Latn DE\nbearers A some":                      "names.txt:2",
		"culture x Latn DE\npattern given\ngiven A\nbearers B 3": `bearers of "b"`,
	} {
		if _, err := people.Read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
