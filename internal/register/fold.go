package register

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"interdict/internal/record"
)

// fold returns the tokens of a name without case, marks and punctuation, as
// printed. Apostrophes and modifier letters join, all else splits.
func fold(s string) []string {
	s = cases.Fold().String(norm.NFKD.String(s))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Lm, r), strings.ContainsRune("'’‘`´ـ", r):
			return -1
		case unicode.IsLetter(r), unicode.IsNumber(r):
			return r
		}
		return ' '
	}, s)
	return strings.Fields(s)
}

// foldName returns the tokens sorted, so that the order of the parts of a
// name does not matter, and the key they form.
func foldName(s string) ([]string, string) {
	t := fold(s)
	slices.Sort(t)
	return t, strings.Join(t, " ")
}

// reference brings a reference number to the form in which it is compared:
// no blanks, no trailing dots, upper case (list-formats 0.6).
func reference(s string) string {
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	return strings.TrimRight(s, ".")
}

// references returns the reference and, for the UN, the form that the reform
// of 2015 gave it: QI.A.325.14 became QDi.325, TE.H.10.12 became TAe.010. The
// serial number stayed; only the committees of 1267 and 1988 had this form.
func references(source, s string) []string {
	ref := reference(s)
	if ref == "" {
		return nil
	}
	out := []string{ref}
	p := strings.Split(ref, ".")
	if source != "un" || len(p) != 4 || !digits(p[2]) || !digits(p[3]) || len(p[2]) > 3 {
		return out
	}
	regime := map[string]string{"QI": "QDI", "QE": "QDE", "TI": "TAI", "TE": "TAE"}[p[0]]
	if regime == "" {
		return out
	}
	return append(out, fmt.Sprintf("%s.%s%s", regime, strings.Repeat("0", 3-len(p[2])), p[2]))
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// strong holds the types of identifier that one bearer has to himself, and
// whether the number means something only with its country.
var strong = map[string]bool{
	"passport": true, "national-id": true, "tax": true, "registration": true,
	"imo": false, "lei": false, "wallet": false, "bic": false, "mmsi": false,
}

// identifier returns the form in which a strong identifier is compared, and
// its country; "" for an identifier that many can share or that is too short
// to tell bearers apart.
func identifier(x record.Identifier) (key, country string) {
	national, ok := strong[x.Type]
	if !ok {
		return "", ""
	}
	number := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, norm.NFKC.String(x.Number))
	if x.Type == "imo" {
		number = strings.TrimPrefix(number, "IMO")
	}
	if x.Type == "wallet" { // case carries meaning in some currencies
		number = strings.TrimSpace(x.Number)
	}
	if len(number) < 5 || strings.Trim(number, "0") == "" || !strings.ContainsAny(number, "0123456789") {
		return "", ""
	}
	if national {
		country = x.Code
	}
	return x.Type + " " + number, country
}
