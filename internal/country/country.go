// Package country turns the names of countries that lists print into
// ISO 3166-1 alpha-2 codes, and codes into English names.
//
// It knows names in every language of CLDR, codes of two and three letters,
// and a table of official, old and short names and of demonyms (names.tsv).
// It never guesses: a text that can mean two countries, or none, has no code.
// States that no longer exist keep a code of their own (SU, YU, CS, DD, AN),
// because a citizen of one is not yet a citizen of a successor. CS stands for
// Czechoslovakia and for Serbia and Montenegro, as ISO 3166-3 withdrew it for
// both. The caller keeps the text as printed.
package country

import "strings"

// Code returns the ISO 3166-1 alpha-2 code of the one country that text
// names: a name, an adjective, a code, or any of them with remarks that name
// no other country, as "Iran (Islamic Republic of)", "Libya (as at Feb.
// 2014)", "Belarus / Bélarus" or "Sanaa, Yemen". Codes count only where they
// stand alone. ok is false for unknown and for ambiguous texts.
func Code(text string) (code string, ok bool) {
	c, known := resolve(text)
	if !known || c == ambiguous {
		return "", false
	}
	return c, true
}

// Name returns the English name of the country with this code, upper or
// lower case, and the code itself if there is no such country.
func Name(code string) string {
	code = strings.ToUpper(strings.TrimSpace(code))
	if n, ok := plain[code]; ok {
		return n
	}
	if n, ok := gone[code]; ok {
		return n
	}
	if n, ok := english()[code]; ok {
		return n
	}
	return code
}

// ambiguous is what the table says for a text that names several countries.
const ambiguous = "-"

// gone are the states that are no longer in ISO 3166-1 and keep their code.
var gone = map[string]string{
	"SU": "Soviet Union",
	"YU": "Yugoslavia",
	"CS": "Czechoslovakia or Serbia and Montenegro",
	"DD": "East Germany",
	"AN": "Netherlands Antilles",
}

// plain are English names where CLDR's are out of date or hard to read.
var plain = map[string]string{
	"CD": "Democratic Republic of the Congo",
	"CG": "Republic of the Congo",
	"CZ": "Czech Republic",
	"HK": "Hong Kong",
	"MK": "North Macedonia",
	"MM": "Myanmar",
	"MO": "Macao",
	"PS": "Palestine",
	"SZ": "Eswatini",
	"TR": "Turkey",
}
