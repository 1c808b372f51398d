package list

import (
	"regexp"
	"strings"

	"interdict/internal/record"
)

// numbered are the numbers that lists print with a label in free text.
var numbered = []struct {
	kind, detail string
	hints        string // one of these stands in every text that matches, in lower case
	re           *regexp.Regexp
}{
	{"mmsi", "", "mmsi", regexp.MustCompile(`(?i)\bMMSI\)?\s*(?:number)?\s*:?\s*(\d{9})\b`)},
	{"bic", "", "swift|bic", regexp.MustCompile(`\b(?:SWIFT|BIC)(?:/BIC)?(?:\s*[Cc]odes?)?\s*:?\s*([A-Z]{4} ?[A-Z]{2} ?[A-Z0-9]{2}(?: ?[A-Z0-9]{3})?)\b`)},
	{"tax", "INN", "inn|инн|tin |tin:|tin)|tin.|tax", regexp.MustCompile(`(?i)(?:\bINN|ИНН|\bTIN|\btax(?:payer)? (?:registration|identification|id) (?:number|no))\)?\.?\s*(?:number|no\.?)?\s*[:\-]?\s*(\d{8,12})\b`)},
	{"registration", "OGRN", "ogrn|огрн|state registration", regexp.MustCompile(`(?i)(?:\bOGRN|ОГРН(?:/main )?|state registration number)\)?\s*(?:registration number)?\s*[:\-]?\s*(\d{13,15})\b`)},
	{"registration", "", "registration n", regexp.MustCompile(`(?i)(?:^|company |business |commercial |[.;]\s*)registration (?:number|no)\.?\s*[:\-]?\s*([A-Z]{0,3}[\d/-]{4,}\d)`)},
	{"other", "KPP", "kpp|кпп", regexp.MustCompile(`(?i)(?:\bKPP|КПП)\s*[:\-]?\s*(\d{9})\b`)},
	{"email", "", "@", regexp.MustCompile(`\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)\b`)},
	{"website", "", "http|www.", regexp.MustCompile(`\b((?:https?://|www\.)[^\s,;)]*[^\s,;.)])`)},
	{"phone", "", "tel |tel:|tel.|phone", regexp.MustCompile(`\b(?:Tel(?:ephone)?|Phone)\b\.?\s*(?:number|no)?\.?\s*:?\s*(\+?\(?\d[\d ()/-]{5,}\d)`)},
	{"phone", "fax", "fax", regexp.MustCompile(`\bFax\b\.?\s*(?:number|no)?\.?\s*:?\s*(\+?\(?\d[\d ()/-]{5,}\d)`)},
}

// Labelled finds the identifiers that a free text prints with their label: tax
// and registration numbers, BIC, MMSI, mail, sites and phones. Numbers of ships
// are not among them: a firm's text names the ships that it owns. Notices of
// INTERPOL are no sites of the subject.
func Labelled(text, at string) []record.Identifier {
	var out []record.Identifier
	lower := strings.ToLower(text)
	for _, l := range numbered {
		if !hinted(lower, l.hints) {
			continue
		}
		for _, m := range l.re.FindAllStringSubmatch(text, -1) {
			number := m[1]
			if l.kind == "bic" {
				number = strings.ReplaceAll(number, " ", "")
			}
			if l.kind == "website" && strings.Contains(number, "interpol.int") {
				continue
			}
			out = append(out, record.Identifier{Type: l.kind, Number: number, Detail: l.detail, At: at})
		}
	}
	return out
}

// hinted spares most texts the regular expressions.
func hinted(lower, hints string) bool {
	for h := range strings.SplitSeq(hints, "|") {
		if strings.Contains(lower, h) {
			return true
		}
	}
	return false
}

// ShipNumber checks the last digit of a ship's IMO number (IMO resolution
// A.1117(30)). Numbers of companies have another check.
func ShipNumber(s string) bool {
	if len(s) != 7 {
		return false
	}
	sum := 0
	for i := range 6 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * (7 - i)
	}
	return sum%10 == int(s[6]-'0')
}
