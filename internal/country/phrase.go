package country

import (
	"slices"
	"strings"
)

// lookup finds a name as a whole. "The", forms of state ("Republic of ...")
// and "ال" do not hinder.
func lookup(text string) (string, bool) {
	name := fold(text)
	if name == "" {
		return "", false
	}
	if c, ok := names()[name]; ok {
		return c, true
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(name, p); ok {
			if c, ok := names()[rest]; ok && c != ambiguous {
				return c, true
			}
		}
	}
	for _, p := range suffixes {
		if rest, ok := strings.CutSuffix(name, p); ok {
			if c, ok := names()[rest]; ok && c != ambiguous {
				return c, true
			}
		}
	}
	return "", false
}

// prefixes are words before a country's name that do not change which it is,
// folded, longest first where one begins another.
var prefixes = []string{
	"the republic of the ", "the republic of ", "republic of the ", "republic of ",
	"the kingdom of ", "kingdom of the ", "kingdom of ", "the state of ", "state of ",
	"commonwealth of the ", "commonwealth of ", "principality of ", "sultanate of ", "islamic republic of ",
	"federal republic of ", "citizen of the ", "citizen of ", "national of the ", "national of ", "the ", "in ", "possibly ", "probably ", "assumed ",
	"republique de la ", "republique de ", "republique du ", "republique d", "republique des ", "royaume de ", "royaume du ", "la ", "le ", "les ", "l",
	"republik ", "konigreich ", "die ", "der ", "republica de ", "republica del ", "republica do ", "republica da ", "reino de ",
	"демократическая социалистическая республика ", "социалистическая республика ", "исламская республика ", "народная республика ",
	"великое герцогство ", "республика ", "королевство ", "государство ", "содружество ", "гражданин ", "جمهوريه ", "دوله ", "مملكه ", "ال", "republika ",
}

// suffixes are words after a name that do not change which country it is.
var suffixes = []string{
	" nationality", " national", " citizen", " citizenship", " passport", " individual", " flag", " republic", " республика", "共和国",
}

// resolve finds the country of a text. known is false where the text names
// none; code is ambiguous where it names several.
func resolve(text string) (code string, known bool) {
	text = strings.TrimSpace(text)
	if c, ok := codes()[text]; ok {
		return c, true
	}
	if !strings.ContainsAny(text, ";/|") {
		if c, ok := lookup(text); ok {
			return c, true
		}
	}
	if outer, inner, ok := brackets(text); ok {
		return bracketed(outer, inner)
	}
	for _, sep := range separators {
		if parts := strings.Split(text, sep); len(parts) > 1 {
			if c, ok := agreed(parts); ok {
				return c, true
			}
		}
	}
	if parts := strings.Split(text, ","); len(parts) > 1 {
		return place(parts)
	}
	for _, mark := range remarks {
		if before, _, ok := strings.Cut(text, mark); ok && strings.TrimSpace(before) != "" {
			return resolve(before)
		}
	}
	return "", false
}

// separators stand between countries. A name that holds one ("Trinidad and
// Tobago") has been found as a whole before.
var separators = []string{"/", ";", "|", " and ", " or ", " y ", " et ", " und ", " и ", " و ", " - "}

// remarks begin what lists add behind a country's name.
var remarks = []string{" as at ", " as of ", " since ", " until ", " from ", ". national ", ". passport "}

// brackets splits "outer (inner) more" at its first pair of brackets; an
// unclosed one ends with the text.
func brackets(text string) (outer, inner string, ok bool) {
	before, rest, ok := strings.Cut(text, "(")
	if !ok {
		return "", "", false
	}
	inner, after, _ := strings.Cut(rest, ")")
	return before + " " + after, inner, true
}

// bracketed reads "Korea (North)", "Congo (Democratic Republic)", "Iran
// (Islamic Republic of)", "Isle of Man (GB)", "Afghanistan (since 2009)".
func bracketed(outer, inner string) (string, bool) {
	if strings.TrimSpace(outer) == "" {
		return resolve(inner)
	}
	for _, both := range []string{inner + " " + outer, outer + " " + inner} {
		if c, ok := names()[fold(both)]; ok {
			return c, true
		}
	}
	o, okOuter := resolve(outer)
	i, okInner := resolve(inner)
	switch {
	case !okInner || i == o:
		return o, okOuter
	case !okOuter || o == ambiguous:
		return i, okOuter || sameWord(outer, inner)
	case i == ambiguous || slices.Contains(lands[i], o):
		return o, true
	}
	return ambiguous, true
}

// sameWord is the guard against "Bank Melli (Iran)": an unknown text does not
// become a country because a bracket behind it names one.
func sameWord(outer, inner string) bool { return fold(outer) == fold(inner) }

// lands are territories that lists print with their sovereign in brackets.
var lands = map[string][]string{
	"GB": {"AI", "BM", "FK", "GG", "GI", "GS", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"},
	"FR": {"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"},
	"NL": {"AW", "BQ", "CW", "SX", "AN"},
	"US": {"AS", "GU", "MP", "PR", "UM", "VI"},
	"DK": {"FO", "GL"},
	"CN": {"HK", "MO"},
	"NO": {"BV", "SJ"},
	"NZ": {"CK", "NU", "TK"},
	"AU": {"CC", "CX", "HM", "NF"},
	"FI": {"AX"},
}

// agreed reads several names of one country: every part must be understood.
func agreed(parts []string) (string, bool) {
	code := ""
	for _, p := range parts {
		c, ok := resolve(p)
		if !ok {
			return "", false
		}
		if code != "" && c != code {
			c = ambiguous
		}
		code = c
		if code == ambiguous {
			return code, true
		}
	}
	return code, code != ""
}

// place reads "Korea, Republic of" turned round, and "Sanaa, Yemen": the last
// part names the country, as a name and not as a code ("Los Angeles, CA"),
// and no other part names another one.
func place(parts []string) (string, bool) {
	last := len(parts) - 1
	if last == 1 {
		if c, ok := lookup(parts[1] + " " + parts[0]); ok {
			return c, true
		}
	}
	code, ok := lookup(parts[last])
	if !ok {
		return "", false
	}
	for _, p := range parts[:last] {
		c, known := codes()[strings.TrimSpace(p)]
		if !known {
			c, known = lookup(p)
		}
		if known && c != code {
			return ambiguous, true
		}
	}
	return code, true
}
