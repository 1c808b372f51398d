package mutate

import (
	"strings"
	"unicode"
)

// cyrillicOfArabic writes Arabic letters as Russian documents hear them.
var cyrillicOfArabic = swaps("ال=аль- ا=а أ=а إ=и آ=а ب=б ت=т ة=а ث=с ج=дж ح=х خ=х د=д ذ=з ر=р ز=з س=с ش=ш ص=с ض=д ط=т ظ=з ع=а غ=г " +
	"ف=ф ق=к ك=к ل=л م=м ن=н ه=х و=у ؤ=у ي=и ى=а ئ=и ء= پ=п چ=ч ژ=ж گ=г ک=к ی=и")

// arabicOfLatin writes a Latin name in Arabic letters; short vowels inside a
// word are not written.
var arabicOfLatin = swaps("sh=ش kh=خ th=ث gh=غ dh=ذ ch=تش aa=ا ee=ي ii=ي oo=و ou=و uu=و " +
	"a= b=ب c=ك d=د e= f=ف g=ج h=ه i=ي j=ج k=ك l=ل m=م n=ن o=و p=ب q=ق r=ر s=س t=ت u=و v=ف w=و x=كس y=ي z=ز '=ع ’=ع ʿ=ع")

var (
	// arabicVowels are the vowels that romanisation guesses (names.md 2.2).
	arabicVowels = swaps("ee=i oo=u ou=u,o aa=a i=e,ee u=o,ou o=u e=i,a ay=ai,ei ai=ay,ei aw=au,ow au=aw iy=iyy,i iyy=iy ah=a,eh")
	// arabicHamza are letters that Arabic writers interchange.
	arabicHamza = swaps("أ=ا إ=ا آ=ا ى=ي ي=ى ة=ه ؤ=و ئ=ي")
	// arabicPersian are the letter forms of Persian keyboards.
	arabicPersian = swaps("ي=ی ك=ک ى=ی ة=ه ی=ي ک=ك")
)

// particles stand beside names and are no names themselves.
var particles = []string{
	"al", "el", "ul", "bin", "ibn", "ben", "bint", "abu", "abou", "umm", "de", "del", "la", "van", "von", "der",
	"den", "di", "da", "dos", "ould", "mac", "ap", "zu", "y", "e", "бин", "аль", "ибн", "ال", "بن", "ابن", "ابو",
}

func toArabic(c *Chance, s string) (string, bool) {
	if !in(s, unicode.Latin) {
		return "", false
	}
	if plain, ok := dropDiacritics(c, s); ok {
		s = plain
	}
	words := strings.Fields(strings.ReplaceAll(s, "-", " "))
	for i, w := range words {
		small := strings.ToLower(w)
		if small == "al" || small == "el" {
			words[i] = "ال"
			continue
		}
		if strings.ContainsRune("aeiou", rune(small[0])) {
			small = "ا" + small[1:]
		}
		if a, ok := swapAll(c, small, arabicOfLatin); ok && a != "" {
			words[i] = a
		}
	}
	return strings.ReplaceAll(strings.Join(words, " "), "ال ", "ال"), true
}

// sun are the letters before which the article is heard as the letter itself.
var sun = []string{"sh", "th", "dh", "t", "d", "r", "z", "s", "n"}

// arabicArticle rewrites the article: al-X, el X, alX, X, or as it is heard.
func arabicArticle(c *Chance, s string) (string, bool) {
	if in(s, unicode.Arabic) {
		return onWord(c, s, func(w string) bool { return strings.HasPrefix(w, "ال") && letters(w) > 4 },
			func(w string) string { return strings.TrimPrefix(w, "ال") })
	}
	joined := strings.Fields(s)
	for i := 0; i+1 < len(joined); i++ { // "al X" is one word here
		if small := strings.ToLower(joined[i]); small == "al" || small == "el" {
			joined[i] += "-" + joined[i+1]
			joined = without(joined, i+1, 1)
		}
	}
	cut := func(w string) (string, bool) {
		small := strings.ToLower(w)
		for _, p := range []string{"al-", "el-", "ul-"} {
			if strings.HasPrefix(small, p) && len(w) > len(p)+2 {
				return w[len(p):], true
			}
		}
		return "", false
	}
	return onWord(c, strings.Join(joined, " "), func(w string) bool { _, ok := cut(w); return ok }, func(w string) string {
		noun, _ := cut(w)
		forms := []string{"al-" + noun, "Al " + noun, "El-" + noun, "el " + noun, "Al" + strings.ToLower(noun), noun, "ul-" + noun}
		for _, l := range sun {
			if strings.HasPrefix(strings.ToLower(noun), l) {
				forms = append(forms, "a"+l+"-"+noun, "a"+l+" "+noun)
				break
			}
		}
		return Pick(c, forms)
	})
}

// arabicAyn changes how ayn is written: a mark, a doubled a, or nothing.
func arabicAyn(c *Chance, s string) (string, bool) {
	if in(s, unicode.Arabic) {
		return swapOne(c, s, swaps("ع=ا,غ"))
	}
	if !in(s, unicode.Latin) {
		return "", false
	}
	if strings.ContainsAny(s, "'’ʻʿ`") {
		return swapAll(c, s, swaps("'=ʿ,a, ’=ʿ,a, ʻ=ʿ,', ʿ=',ʻ,a, `=',"))
	}
	return swapOne(c, s, swaps("a='a,ʿa,aa,a' aa=a'a,a ia=i'a ua=u'a"))
}
