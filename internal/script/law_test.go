package script_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"interdict/internal/script"
)

// laws are what every string must obey.
func laws(t interface{ Errorf(string, ...any) }, s string) {
	clean, _ := script.Clean(s)
	if !utf8.ValidString(clean) {
		t.Errorf("Clean(%q) = %q is no UTF-8", s, clean)
	}
	if again, flags := script.Clean(clean); again != clean || flags != 0 {
		t.Errorf("Clean is not idempotent: %q -> %q -> %q (%d)", s, clean, again, flags)
	}
	for _, token := range append(strings.FieldsFunc(clean, isSeparator), clean, s) {
		mapped, _ := script.Homoglyphs(token)
		if a, b := utf8.RuneCountInString(mapped), utf8.RuneCountInString(token); a != b {
			t.Errorf("Homoglyphs(%q) has %d letters, want %d", token, a, b)
		}
		romaniseLaws(t, token)
		romaniseLaws(t, mapped)
		script.Syllables(token)
	}
}

func isSeparator(r rune) bool { return r == ' ' || r == '-' }

func romaniseLaws(t interface{ Errorf(string, ...any) }, token string) {
	for _, max := range []int{0, 1, 3, 100} {
		got := script.Romanise(token, max)
		if len(got) == 0 && strings.ContainsFunc(token, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			t.Errorf("Romanise(%q, %d) lost the token", token, max)
		}
		if limit := min(cmpOr(max, script.MaxCandidates), script.MaxCandidates); len(got) > limit {
			t.Errorf("Romanise(%q, %d) gives %d candidates", token, max, len(got))
		}
		seen := map[string]bool{}
		for _, r := range got {
			if r.Text == "" || r.Table == "" || strings.Trim(r.Text, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
				t.Errorf("Romanise(%q, %d) gives %q by %q", token, max, r.Text, r.Table)
			}
			if seen[r.Text] {
				t.Errorf("Romanise(%q, %d) repeats %q", token, max, r.Text)
			}
			seen[r.Text] = true
		}
		if again := script.Romanise(token, max); !slices.Equal(got, again) {
			t.Errorf("Romanise(%q, %d) is not deterministic: %v, %v", token, max, got, again)
		}
	}
}

func cmpOr(n, other int) int {
	if n == 0 {
		return other
	}
	return n
}

var alphabet = []string{
	"abcxyzIİıßäöüçşñəłđæ'’-1", "абвгдеёжзийкхцчшщъыьэюяіїєґўјљњћђџқғҳӏ1", "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤئپچژگکی\u200c\u064e", "אבגדהוזחטיךכלםמןנסעףפץצקרשת'ְ",
	"αβγδεζηθικλμνξοπρστυφχψωςάϊΐ", "가나다라마바사아자차카타파하김이박최정은", "毛泽东习近平陈欧阳单曾弗拉", "たなかっうーオウヴァンｱ", "กขคงจชซณดตถทนบปผพฟมยรลวสหอเแโไใะาิีุู่์ำ็ั",
	"कखगचजटतदनपमरलवसह\u093c\u093f\u0940\u094dंँ", "কখগতনরলসহািীু্", "ကခဂငစတနပမယရလသအာိီုူေ့်း", "ሀለመሰረበተነአከወዘደገጠፈ", "\u200b\u00ad\u202e\ufeff\ufe0f\u034f\u0301\u0307\u0308", "ᏣᎳᎩ𐎀ᚠ😀٣१²Ⅳ",
}

func TestLaws(t *testing.T) {
	var all []rune
	for _, s := range alphabet {
		all = append(all, []rune(s)...)
	}
	rapid.Check(t, func(t *rapid.T) {
		letters := all
		if rapid.Bool().Draw(t, "one script") {
			letters = []rune(rapid.SampledFrom(alphabet).Draw(t, "script"))
		}
		laws(t, string(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 10).Draw(t, "letters")))
		laws(t, rapid.String().Draw(t, "any"))
	})
}

func FuzzLaws(f *testing.F) {
	for _, s := range alphabet {
		f.Add(s)
	}
	f.Add("Усама bin Лаden")
	f.Add("a\xff\u0345İ")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 200 {
			return
		}
		laws(t, s)
		if _, err := script.RomaniseBy("icao_doc_9303", s); err != nil {
			t.Errorf("RomaniseBy: %v", err)
		}
	})
}

func BenchmarkRomanise(b *testing.B) {
	for name, token := range map[string]string{"ascii": "mohammad", "latin": "müller", "cyrillic": "хусейнов", "arabic": "شهرستاني", "known": "محمد", "han": "毛泽东", "hangul": "김정은"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			script.Romanise(token, 0) // loads the table
			for b.Loop() {
				script.Romanise(token, 0)
			}
		})
	}
}

func BenchmarkClean(b *testing.B) {
	for name, s := range map[string]string{"ascii": "mohammad al-zawahiri", "upper": "Mohammad Al-Zawahiri", "cyrillic": "Хусейнов Магомед", "arabic": "محمد الظواهري"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				script.Clean(s)
			}
		})
	}
}
