package name

import (
	"strings"
	"unicode/utf8"

	"interdict/internal/script"
)

// prefix is what Arabic script writes together with the next word, and what
// that is in Latin letters. At least three letters must stay behind it.
type prefix struct {
	arabic, latin string
	kinds         uint8 // of names in which it is a prefix: bits by Kind
}

const (
	inAll           = 1<<AsPerson | 1<<AsOrganisation
	inOrganisations = 1 << AsOrganisation
)

var arabicPrefixes = []prefix{
	{"وال", "and al", inAll},
	{"بال", "fi al", inOrganisations}, // of persons it is Bel-: Belqasim
	{"لل", "for al", inOrganisations},
	{"لأ", "for", inOrganisations}, // before a word that begins with alif, which is kept
	{"ال", "al", inAll},
	{"أبو", "abu", inAll},
	{"ابو", "abu", inAll},
	{"ابي", "abu", inAll},
	{"أبي", "abu", inAll},
}

// haq is the one word of two letters that stands behind an article.
const haq = "حق"

// Words of one or two letters that are the particles of other languages.
var arabicLinks = map[string]string{"و": "and", "د": "of", "او": "and"}

// appendArabic romanises a word in Arabic script, behind the article, the
// conjunction, the preposition or the kunya that is written together with it
// (matching.md 3 step 5), and cut where two names are written as one.
func (r *Reader) appendArabic(pieces []placed, w word, kind Kind) []placed {
	if link, ok := arabicLinks[w.clean]; ok {
		return append(pieces, placed{&piece{alts: []string{link}}, w.start, w.end})
	}
	for _, p := range arabicPrefixes {
		rest, ok := strings.CutPrefix(w.clean, p.arabic)
		if !ok || p.kinds>>kind&1 == 0 || isGod(w.clean) || utf8.RuneCountInString(rest) < 3 && rest != haq {
			continue
		}
		for latin := range strings.FieldsSeq(p.latin) {
			pieces = append(pieces, placed{&piece{alts: []string{latin}}, w.start, w.end})
		}
		if p.arabic == "لأ" {
			rest = "أ" + rest
		}
		if p.latin == "abu" {
			return r.appendArabic(pieces, word{start: w.start, end: w.end, clean: rest}, kind)
		}
		return r.appendRomanised(pieces, w, rest, mixed)
	}
	for _, part := range script.ArabicNames(w.clean) {
		pieces = r.appendRomanised(pieces, w, part, mixed)
	}
	return pieces
}

// isGod reports Allah and its relative: their article is part of them.
func isGod(s string) bool {
	switch s {
	case "الله", "اللهي", "اللهی":
		return true
	}
	return false
}

// habits are other readings of a Latin word, by ways of writing Arabic.
func habits(s string) []string {
	var out []string
	if apart := strings.ReplaceAll(s, "zh", "zah"); len(apart) > len(s) {
		out = append(out, apart) // two letters in names from Arabic: Azhar, Mazhari
	}
	for _, h := range []string{"ish", "esh"} {
		if rest, ok := strings.CutPrefix(s, h); ok && len(rest) > 2 && rest[0] == 'a' && strings.IndexByte("qkg", rest[1]) >= 0 {
			out = append(out, h[:2]+"ah"+rest) // two letters in Ishaq
		}
	}
	if strings.Contains(s, "ou") && strings.Contains(s, "ch") || strings.HasSuffix(s, "che") && len(s) > 4 {
		out = append(out, strings.ReplaceAll(s, "ch", "sh")) // French: Bouchoucha, Alouche
	}
	return out
}
