package name

import (
	"strings"
	"sync"
)

// glue joins compounds that are one name however they are written: Abd with
// its article and attribute, X al-Din, X Allah, X Pour, Abu Bakr. Both sides of every comparison
// go through it, so "Abd al-Rahman", "Abdurrahman" and "Abdel Rahman" become
// one word; a bare "abd" is never left (matching.md 3 step 6, names.md 2.3).
//
// The pieces are glued where they lie.
func glue(pieces []placed) []placed {
	out := pieces[:0]
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		is, next, third := p.printedTraits(), traits(0), traits(0)
		if i+1 < len(pieces) {
			next = pieces[i+1].printedTraits()
		}
		if is&abd == 0 && next&(anArticle|articleDin|din|allah|persian|bakr) == 0 {
			out = append(out, placed{p.canonical(), p.start, p.end})
			continue
		}
		if i+2 < len(pieces) {
			third = pieces[i+2].printedTraits()
		}
		switch {
		case is&abd != 0 && i+1 < len(pieces):
			j, attribute := i+1, next
			if next&anArticle != 0 && i+2 < len(pieces) {
				j, attribute = i+2, third
			}
			if attribute&(aNasab|aKunya) != 0 {
				out = append(out, placed{p.canonical(), p.start, p.end})
				continue
			}
			out = append(out, p.join(pieces[j], abdCompound))
			i = j
		case is&stem != 0 && next&anArticle != 0 && third&din != 0:
			out = append(out, p.join(pieces[i+2], dinCompound))
			i += 2
		case is&stem != 0 && next&articleDin != 0, is&dinStem != 0 && next&din != 0:
			out = append(out, p.join(pieces[i+1], dinCompound))
			i++
		case is&abu != 0 && next&bakr != 0:
			out = append(out, p.join(pieces[i+1], func(string, string) string { return abuBakr }))
			i++
		case is&stem != 0 && next&anArticle != 0 && third&rahman != 0:
			out = append(out, p.join(pieces[i+2], func(stem, attribute string) string { return stem + attribute }))
			i += 2
		case is&stem != 0 && next&allah != 0 && !strings.HasSuffix(p.first(), "lah"):
			out = append(out, p.join(pieces[i+1], allahCompound))
			i++
		case is&stem != 0 && next&persian != 0:
			out = append(out, p.join(pieces[i+1], func(stem, end string) string { return compound(stem + end) }))
			i++
		default:
			out = append(out, placed{p.canonical(), p.start, p.end})
		}
	}
	return out
}

func abdCompound(_, attribute string) string {
	if isAllah(attribute) {
		return "abdallah"
	}
	return "abd" + attribute
}

func dinCompound(stem, _ string) string   { return stem + "din" }
func allahCompound(stem, _ string) string { return stem + "allah" }

func isAbd(s string) bool {
	switch s {
	case "abd", "abdul", "abdel", "abdal", "abdoul", "abdol", "abdil", "abdu", "abdur", "abdus", "abdun", "abduz", "abdud", "abdush", "abdar", "abdas", "abder", "abdes", "abdou", "ebd", "ebdul":
		return true
	}
	return false
}

func isDin(s string) bool {
	switch s {
	case "din", "deen", "dine", "dein", "ddin":
		return true
	}
	return false
}

// isArticleDin reports "al-Din" written as one word.
func isArticleDin(s string) bool {
	switch s {
	case "eddine", "eddin", "uddin", "uddeen", "eldin", "eldine", "aldin", "aldeen", "addin", "oddin", "ouddine", "uldin":
		return true
	}
	return false
}

// dinStems are the first halves of names that end in "al-Din", by fold: with them the
// article is left out too, as in Ansar Dine.
var dinStems = sync.OnceValue(func() map[string]bool {
	stems := map[string]bool{}
	for s := range strings.FieldsSeq(`ala alaa amin ansar asad aziz azz badr bader burhan chams ezz fakhr fakher fazl ghiyas
		ghiyath hussam husam hosam hisam imad emad izz jalal jelal djalal gelal jamal djamel gamal kamal kemal kamel majd mohi mohy
		muhi muhyi mohyi muin moin nasir naseer nasser nizam nezam najm nejm nur nour noor qutb kutb riyaz riaz riyadh rukn sadr
		saif seif sayf salah salih saleh shams sham shihab shahab chihab siraj seraj saraj taj tadj wali zahir zain zein zayn zine`) {
		stems[fold(s)] = true
	}
	return stems
})

const abuBakr = "abubakr"

// isAbu reports the first half of Abu Bakr, which is one name and not the father of
// Bakr.
func isAbu(s string) bool {
	switch s {
	case "abu", "abou", "abo", "aboo", "abi", "aba", "ebu", "ebou", "bu", "bou":
		return true
	}
	return false
}

// isBakr reports its second half.
func isBakr(s string) bool {
	switch s {
	case "bakr", "bakar", "baker", "bakir", "bekr", "bekir", "bacar", "backar", "bakeur":
		return true
	}
	return false
}

// cutBakr cuts the second half of Abu Bakr from a word.
func cutBakr(s string) (first string, ok bool) {
	for _, n := range []int{4, 5, 6} {
		if cut := len(s) - n; cut > 0 && isBakr(s[cut:]) {
			return s[:cut], true
		}
	}
	return "", false
}

// isRahman reports an attribute that follows any word in compounds such as
// Habib ur-Rahman and Zia ul-Haq.
func isRahman(s string) bool {
	switch s {
	case "rahman", "rehman", "rahmaan", "rakhman", "haq", "haqq", "hakk", "haque", "islam":
		return true
	}
	return false
}

// isPersian reports the second half of a Persian compound, which is written
// with the first or apart: Zare Pour, Zarepour.
func isPersian(s string) bool {
	switch s {
	case "pour", "pur", "nejad", "nezhad", "nejhad", "khah", "shenas", "manesh", "panah", "allahi", "ollahi", "ullahi":
		return true
	}
	return false
}

func isAllah(s string) bool {
	switch s {
	case "allah", "ullah", "ollah", "illah", "llah", "alla", "ulla", "olla":
		return true
	}
	return false
}

// compound returns the canonical form of a compound that is written as one
// word, or the word itself.
func compound(s string) string {
	if len(s) < 6 {
		return s
	}
	if strings.HasPrefix(s, "abd") {
		return compoundAbd(s)
	}
	if first, ok := cutBakr(s); ok && isAbu(first) {
		return abuBakr
	}
	if stem, ok := cutDin(s); ok {
		return stem + "din"
	}
	if stem, attribute, ok := cutRahman(s); ok {
		return stem + attribute
	}
	bare, relative := strings.CutSuffix(s, "lahi")
	if relative {
		bare += "lah"
	} else {
		bare = s
	}
	for _, end := range []string{"oullah", "ullah", "ollah", "illah", "allah"} {
		stem, ok := strings.CutSuffix(bare, end)
		switch {
		case !ok || len(stem) < 2:
		case relative:
			return stem + "allahi"
		default:
			return stem + "allah"
		}
	}
	return s
}

func compoundAbd(s string) string {
	rest := s[3:]
	v := 0
	for v < len(rest) && v < 2 && isVowel(rest[v]) {
		v++
	}
	tail := rest[v:]
	if v > 0 && strings.HasPrefix(tail, "l") && attributes()[fold(tail[1:])] {
		return abdCompound("", tail[1:])
	}
	if attributes()[fold(tail)] {
		return abdCompound("", undouble(tail))
	}
	if v > 0 && strings.HasPrefix(tail, "l") && len(tail) > 3 {
		return abdCompound("", tail[1:])
	}
	return s
}

// undouble drops the first of two equal leading consonants: the assimilated
// article of "Abdur-Rahman" written as one word.
func undouble(s string) string {
	if len(s) > 1 && s[0] == s[1] {
		s = s[1:]
	}
	if s == "lah" || s == "la" {
		return "allah"
	}
	return s
}

// cutRahman cuts "-urrahman", "-ulhaq" and their like from a word.
func cutRahman(s string) (stem, attribute string, ok bool) {
	for _, a := range []string{"rahman", "rehman", "rahmaan", "rakhman", "haq", "haqq", "hakk", "haque", "islam"} {
		stem, found := strings.CutSuffix(s, a)
		if !found {
			continue
		}
		l := strings.TrimRight(stem, "lr")
		if len(l) < 3 || !isVowel(l[len(l)-1]) || len(stem)-len(l) > 1 || l == stem && a[0] != 'r' {
			continue
		}
		return l[:len(l)-1], a, true
	}
	return "", "", false
}

// cutDin cuts "-eddine", "-uddin", "-aldin" and their like from a word.
func cutDin(s string) (string, bool) {
	rest := s
	for _, end := range []string{"ine", "een", "in"} {
		if cut, ok := strings.CutSuffix(s, end); ok {
			rest = cut
			break
		}
	}
	stem := strings.TrimRight(rest, "d")
	if rest == s || stem == rest {
		return "", false
	}
	doubled := len(rest)-len(stem) > 1
	if l, ok := strings.CutSuffix(stem, "l"); ok && len(l) > 0 && isVowel(l[len(l)-1]) {
		stem, doubled = l, true
	}
	if !doubled || stem == "" || !isVowel(stem[len(stem)-1]) {
		return "", false
	}
	stem = stem[:len(stem)-1]
	return stem, len(stem) >= 2
}
