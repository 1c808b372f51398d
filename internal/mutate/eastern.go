package mutate

import (
	"slices"
	"strings"
)

var (
	chineseFamilies = strings.Fields("wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo xi deng jiang qian tang zheng xie feng song cao")
	pinyinInitials  = strings.Fields("zh ch sh b p m f d t n l g k h j q x r z c s y w")
	pinyinFinals    = strings.Fields("iang iong uang ang eng ing ong ian iao uai uan ai ei ao ou an en in un ia ie iu ua ue ui uo er a o e i u")
	wadeInitials    = map[string]string{
		"b": "p", "p": "p'", "d": "t", "t": "t'", "g": "k", "k": "k'", "zh": "ch", "ch": "ch'", "j": "ch",
		"q": "ch'", "x": "hs", "z": "ts", "c": "ts'", "r": "j",
	}
	wadeFinals = map[string]string{"ong": "ung", "ian": "ien", "ue": "ueh", "iong": "iung", "er": "erh", "ie": "ieh"}
	// wadeWhole are syllables that the parts do not give.
	wadeWhole = map[string]string{
		"zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tz'u", "si": "ssu",
		"ge": "ko", "ke": "k'o", "he": "ho", "duo": "to", "tuo": "t'o", "nuo": "no", "luo": "lo", "zuo": "tso",
		"cuo": "ts'o", "suo": "so", "zhuo": "cho", "ruo": "jo", "gui": "kuei", "kui": "k'uei", "yi": "i",
		"you": "yu", "yan": "yen", "ye": "yeh", "yong": "yung", "yue": "yüeh", "ju": "chü", "qu": "ch'ü",
		"xu": "hsü", "yu": "yü", "jun": "chün", "xun": "hsün", "juan": "chüan", "quan": "ch'üan", "xuan": "hsüan",
	}
)

// syllables takes a small word apart by pinyin, nil if it is not pinyin.
func syllables(word string) []string {
	if word == "" {
		return []string{}
	}
	for _, initial := range append(slices.Clone(pinyinInitials), "") {
		rest, ok := strings.CutPrefix(word, initial)
		if !ok {
			continue
		}
		for _, final := range pinyinFinals {
			tail, ok := strings.CutPrefix(rest, final)
			if !ok {
				continue
			}
			if more := syllables(tail); more != nil {
				return append([]string{initial + final}, more...)
			}
		}
	}
	return nil
}

// wadeGiles writes a Chinese name in pinyin as older papers do: Zhou Enlai,
// Chou En-lai. Marks of breath are left out as often as not.
func wadeGiles(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	if len(words) < 2 || !isOneOf(words[0], chineseFamilies) && !isOneOf(words[len(words)-1], chineseFamilies) {
		return "", false
	}
	marks := c.N(2) == 0
	for i, w := range words {
		parts := syllables(strings.ToLower(w))
		if parts == nil || len(parts) > 2 {
			return "", false
		}
		for k := range parts {
			parts[k] = wadeSyllable(parts[k])
		}
		words[i] = capital(strings.Join(parts, "-"))
		if !marks {
			words[i] = strings.NewReplacer("'", "", "ü", "u").Replace(words[i])
		}
	}
	return strings.Join(words, " "), true
}

func wadeSyllable(s string) string {
	if whole, ok := wadeWhole[s]; ok {
		return whole
	}
	for _, initial := range pinyinInitials {
		if final, ok := strings.CutPrefix(s, initial); ok {
			if w, ok := wadeInitials[initial]; ok {
				initial = w
			}
			if w, ok := wadeFinals[final]; ok {
				final = w
			}
			return initial + final
		}
	}
	return s
}

// koreanFamilies are family names as official, old and free spellings have them.
var koreanFamilies = families(`
kim gim ghim
lee yi rhee ri li
park bak pak
choi choe chwe
jung jeong chung chong
kang gang
cho jo
yoon yun
jang chang
lim im rim
han hahn
oh o
shin sin
kwon gwon
`)

// koreanSounds are the differences between Revised Romanisation,
// McCune-Reischauer and free spelling.
var koreanSounds = bothWays(swaps("eo=u,o eu=u ae=ai oe=oi g=k d=t b=p j=ch yeo=yu,yo woo=u oo=u ee=i y=i"))

func korean(c *Chance, s string) (string, bool) {
	words := strings.Fields(s)
	for i, w := range words {
		for _, f := range koreanFamilies {
			if f.from != bare(w) || len(words) < 2 || len(words) > 3 {
				continue
			}
			words[i] = capital(Pick(c, f.to))
			for k := range words {
				if k != i && c.N(2) == 0 {
					if other, ok := swapOne(c, words[k], koreanSounds); ok {
						words[k] = other
					}
				}
			}
			return strings.Join(words, " "), true
		}
	}
	return "", false
}
