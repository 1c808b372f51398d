package mutate_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/mutate"
)

func byID(t testing.TB, id string) mutate.Mutation {
	t.Helper()
	for _, m := range mutate.All() {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("no mutation %s", id)
	return mutate.Mutation{}
}

func TestEveryMutationIsNamedGroupedAndBanded(t *testing.T) {
	groups := map[string]int{}
	seen := map[string]bool{}
	for _, m := range mutate.All() {
		if seen[m.ID] {
			t.Errorf("%s stands twice", m.ID)
		}
		seen[m.ID] = true
		groups[m.Group]++
		if !strings.HasPrefix(m.ID, m.Group+".") {
			t.Errorf("%s is in group %q", m.ID, m.Group)
		}
		if (m.Group == "negative") != (m.Band == mutate.None) {
			t.Errorf("%s expects %q", m.ID, m.Band)
		}
	}
	for _, g := range []string{"form", "typing", "sound", "script", "structure", "carrier", "negative"} {
		if groups[g] == 0 {
			t.Errorf("no mutation in group %s", g)
		}
	}
}

func TestEveryMutationFitsSomeInventedName(t *testing.T) {
	names := mutate.Invent(1, 60*len(mutate.Cultures()))
	for _, m := range mutate.All() {
		n := 0
		for i, name := range names {
			if _, ok := m.Apply(uint64(i), name.Name); ok {
				n++
			}
		}
		if n < 5 {
			t.Errorf("%s fits %d of %d invented names", m.ID, n, len(names))
		}
	}
}

func TestSameSeedSameTextAndAlwaysValidAndDifferent(t *testing.T) {
	all := mutate.All()
	names := mutate.Invent(7, 500)
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(all).Draw(t, "mutation")
		seed := rapid.Uint64().Draw(t, "seed")
		name := rapid.OneOf(rapid.String(), rapid.Map(rapid.IntRange(0, len(names)-1), func(i int) string { return names[i].Name })).Draw(t, "name")
		one, ok := m.Apply(seed, name)
		two, again := m.Apply(seed, name)
		switch {
		case one != two || ok != again:
			t.Fatalf("%s of %q: %q and %q", m.ID, name, one, two)
		case ok && (!utf8.ValidString(one) || one == name || strings.TrimSpace(one) == ""):
			t.Fatalf("%s of %q: bad answer %q", m.ID, name, one)
		case !ok && one != "":
			t.Fatalf("%s of %q: not fitting, yet %q", m.ID, name, one)
		}
	})
}

func FuzzApply(f *testing.F) {
	for i, name := range mutate.Invent(3, 40) {
		f.Add(uint64(i), uint8(i), name.Name)
	}
	f.Add(uint64(0), uint8(0), "a\xff")
	all := mutate.All()
	f.Fuzz(func(t *testing.T, seed uint64, at uint8, name string) {
		m := all[int(at)%len(all)]
		got, ok := m.Apply(seed, name)
		if ok && (!utf8.ValidString(name) || !utf8.ValidString(got) || got == name || strings.TrimSpace(got) == "") {
			t.Errorf("%s of %q: %q", m.ID, name, got)
		}
	})
}

// TestWhatEachMutationDoes holds one worked case for every mutation whose
// answers can be counted: any seed must give one of them.
func TestWhatEachMutationDoes(t *testing.T) {
	cases := []struct {
		id, name string
		want     []string
	}{
		{"form.upper", "José bin Ali", []string{"JOSÉ BIN ALI"}},
		{"form.diacritics-dropped", "Wiśniewski Łukasz Ørn", []string{"Wisniewski Lukasz Orn"}},
		{"form.punctuation-dropped", "O'Neill, J.-P.", []string{"O Neill J P"}},
		{"form.apostrophe-dropped", "Sa'id Mu’adh", []string{"Said Muadh"}},
		{"form.hyphen-blank", "Jong-un Kim", []string{"Jong un Kim"}},
		{"form.hyphen-joined", "Jong-un Kim", []string{"Jongun Kim"}},
		{"form.blank-hyphen", "Jean Pierre", []string{"Jean-Pierre"}},
		{"form.pair-joined", "Abd Rahman", []string{"Abdrahman"}},
		{"form.all-joined", "Abu Bakr Ali", []string{"AbuBakrAli"}},
		{"form.last-first", "Abu Bakr Shami", []string{"SHAMI, Abu Bakr"}},
		{"form.missing", "A1 B2 C3", []string{"B2 C3", "A1 C3", "A1 B2"}},
		{"form.initials", "Omar Ali Hassan", []string{"O. A. Hassan"}},
		{"form.initial", "Omar Ali Hassan", []string{"O. Ali Hassan", "Omar A. Hassan"}},
		{"form.honorific-dropped", "Mullah Omar Dr. Gul", []string{"Omar Gul"}},
		{"form.legal-dropped", "Orion Shipping Co. LLC", []string{"Orion Shipping Co."}},
		{"form.order", "A B", []string{"B A"}},
		{"typing.swap", "ab", []string{"ba"}},
		{"typing.undoubled", "Hassan", []string{"Hasan"}},
		{"typing.layout-jcuken", "Ivan", []string{"Шмфт"}},
		{"typing.layout-jcuken", "Иван", []string{"Bdfy"}},
		{"typing.layout-arabic", "ali", []string{"شمه"}},
		{"typing.ocr-digits", "Solib", []string{"501i6"}},
		{"typing.ocr-shape", "Amr", []string{"Arnr"}},
		{"sound.b-v", "Abid", []string{"Avid"}},
		{"sound.w-v", "Wali", []string{"Vali"}},
		{"sound.k-q-c", "Karim", []string{"Qarim", "Carim"}},
		{"sound.nickname", "William Tell", []string{"Bill Tell", "Will Tell"}},
		{"script.fullwidth", "Ab 1", []string{"Ａｂ\u3000１"}},
		{"script.arabic-hamza", "أحمد", []string{"احمد"}},
		{"script.arabic-persian", "علي", []string{"علی"}},
		{"script.wade-giles", "Zhou Enlai", []string{"Chou En-lai"}},
		{"script.wade-giles", "Deng Xiaoping", []string{"Teng Hsiao-p'ing", "Teng Hsiao-ping"}},
		{"script.cyrillic-original", "Khalid", []string{"Халид"}},
		{"script.arabic-original", "Khalid al-Shami", []string{"خليد الشمي"}},
		{"structure.patronymic-dropped", "Ivan Petrovich Orlov", []string{"Ivan Orlov"}},
		{"structure.patronymic-dropped", "Анна Сергеевна Белова", []string{"Анна Белова"}},
		{"structure.kunya-only", "Khalid Abu Hafs al-Masri Ali", []string{"Abu Hafs al-Masri"}},
		{"structure.nasab-shortened", "Ali bin Omar Shami", []string{"Ali Shami"}},
		{"structure.second-surname-dropped", "Juan García López", []string{"Juan García"}},
		{"structure.gender-ending", "Anna Orlova", []string{"Anna Orlov"}},
		{"structure.gender-ending", "Иван Чайковский", []string{"Иван Чайковская"}},
		{"carrier.declined", "Иван Петрович Волков", []string{"Ивана Петровича Волкова", "Ивану Петровичу Волкову", "Иваном Петровичом Волковым", "Иване Петровиче Волкове"}},
		{"carrier.translated", "Ivan Volkov", []string{"Ivan Wolves"}},
		{"negative.nasab-swapped", "Ali bin Omar Shami", []string{"Omar bin Ali Shami"}},
	}
	for _, c := range cases {
		t.Run(c.id+" "+c.name, func(t *testing.T) {
			m := byID(t, c.id)
			got := map[string]bool{}
			for seed := range uint64(200) {
				s, ok := m.Apply(seed, c.name)
				if ok {
					got[s] = true
				}
			}
			var found []string
			for s := range got {
				found = append(found, s)
			}
			slices.Sort(found)
			slices.Sort(c.want)
			if diff := cmp.Diff(c.want, found); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// plainI makes one letter of the four that Turkish has where others have two.
var plainI = strings.NewReplacer("İ", "I")

func TestLawsOfMutations(t *testing.T) {
	names := mutate.Invent(11, 400)
	sorted := func(s string) string {
		r := []rune(s)
		slices.Sort(r)
		return string(r)
	}
	words := func(s string) string {
		w := strings.Fields(s)
		slices.Sort(w)
		return strings.Join(w, " ")
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	laws := []struct {
		id   string
		text string
		hold func(before, after string) bool
	}{
		{"form.case", "letters stay", func(a, b string) bool {
			return plainI.Replace(strings.ToUpper(a)) == plainI.Replace(strings.ToUpper(b))
		}},
		{"form.order", "words stay", func(a, b string) bool { return words(a) == words(b) }},
		{"form.split", "only a blank is added", func(a, b string) bool { return squeeze(a) == squeeze(b) }},
		{"form.extra", "one word more", func(a, b string) bool { return len(strings.Fields(b)) == len(strings.Fields(a))+1 }},
		{"form.repeated", "one word more", func(a, b string) bool { return len(strings.Fields(b)) == len(strings.Fields(a))+1 }},
		{"typing.insert", "one letter more", func(a, b string) bool { return utf8.RuneCountInString(b) == utf8.RuneCountInString(a)+1 }},
		{"typing.delete", "one letter less", func(a, b string) bool { return utf8.RuneCountInString(b) == utf8.RuneCountInString(a)-1 }},
		{"typing.replace", "as many letters", func(a, b string) bool { return utf8.RuneCountInString(b) == utf8.RuneCountInString(a) }},
		{"typing.swap", "same letters", func(a, b string) bool { return sorted(a) == sorted(b) }},
		{"carrier.free-text", "the name stands in the text", func(a, b string) bool { return strings.Contains(b, a) }},
		{"carrier.address-glued", "the name stands in the text", func(a, b string) bool { return strings.Contains(b, a) }},
		{"carrier.account-glued", "the name stands in the text", func(a, b string) bool { return strings.Contains(b, a) }},
		{"carrier.cut-35", "at most 35 letters", func(_, b string) bool { return utf8.RuneCountInString(b) <= 35 }},
		{"carrier.cut-140", "at most 140 letters", func(_, b string) bool { return utf8.RuneCountInString(b) <= 140 }},
		{"carrier.lines", "a break or less is added", func(a, b string) bool {
			return strings.Contains(squeeze(strings.ReplaceAll(b, "/", "")), squeeze(a)[:2])
		}},
	}
	for _, law := range laws {
		t.Run(law.id+" "+law.text, func(t *testing.T) {
			m, n := byID(t, law.id), 0
			for i, name := range names {
				after, ok := m.Apply(uint64(i), name.Name)
				if !ok {
					continue
				}
				n++
				if !law.hold(name.Name, after) {
					t.Errorf("%q became %q", name.Name, after)
				}
			}
			if n == 0 {
				t.Error("fits no name")
			}
		})
	}
}
