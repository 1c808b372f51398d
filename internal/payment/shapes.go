package payment

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
)

// shapes are the tables of rules.txt whose values follow a rule. None of them
// can hold a name.
var shapes = map[string]func(string) bool{
	"datetime":  isDateTime,
	"date":      isDate,
	"boolean":   func(s string) bool { return s == "true" || s == "false" || s == "0" || s == "1" },
	"uuid":      isUUID,
	"message":   func(s string) bool { return s != "" && len(s) < 24 && messageID.FindString(s) == s },
	"base64":    isBase64,
	"namespace": isNamespace,
}

// messageID is an ISO 20022 message definition identifier, with a market's
// suffix as in pain.002.001.03.ch.02.
var messageID = regexp.MustCompile(`[a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2}(?:\.[a-z]{2}\.[0-9]{2})?`)

// isDate fits YYYY-MM-DD, with a zone or without.
func isDate(s string) bool {
	return len(s) >= 10 && digitsAt(s, "dddd-dd-dd") && isZone(s[10:])
}

// isDateTime fits xs:dateTime.
func isDateTime(s string) bool {
	if len(s) < 19 || !digitsAt(s, "dddd-dd-ddTdd:dd:dd") {
		return false
	}
	s = s[19:]
	if rest, ok := strings.CutPrefix(s, "."); ok {
		s = strings.TrimLeft(rest, "0123456789")
	}
	return isZone(s)
}

func isZone(s string) bool {
	return s == "" || s == "Z" || len(s) == 6 && (digitsAt(s, "+dd:dd") || digitsAt(s, "-dd:dd"))
}

// digitsAt says whether s begins as pattern, in which d is any digit.
func digitsAt(s, pattern string) bool {
	for i := range len(pattern) {
		if pattern[i] == 'd' {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		} else if s[i] != pattern[i] {
			return false
		}
	}
	return true
}

// isUUID fits a UETR (RFC 4122), hyphenated or not.
func isUUID(s string) bool {
	switch {
	case len(s) == 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' && s[23] == '-':
		s = s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
	case len(s) != 32:
		return false
	}
	return strings.Trim(s, "0123456789abcdefABCDEF") == "" && strings.ContainsAny(s, "0123456789")
}

// isBase64 fits signature values: a run of 40 or more signs without a blank
// that decodes, and that no text of letters alone would be.
func isBase64(s string) bool {
	if len(s) < 40 {
		return false
	}
	run := 0
	for _, f := range strings.Fields(s) {
		run = max(run, len(f))
	}
	packed := strings.Join(strings.Fields(s), "")
	if run < 40 || !strings.ContainsAny(packed, "0123456789+/=") {
		return false
	}
	_, err := base64.StdEncoding.DecodeString(packed)
	return err == nil
}

// isNamespace fits a list of URIs and file names of schemas.
func isNamespace(s string) bool {
	for _, f := range strings.Fields(s) {
		if !strings.HasPrefix(f, "urn:") && !strings.Contains(f, "://") && !strings.HasSuffix(f, ".xsd") {
			return false
		}
	}
	return true
}

// hasLetter says whether s holds a letter of any script.
func hasLetter(s string) bool {
	for i := range len(s) {
		c := s[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			return true
		}
		if c >= 0x80 {
			return strings.ContainsFunc(s[i:], unicode.IsLetter)
		}
	}
	return false
}

// hasID says whether a text without letters may be an identifier: five or
// more digits that are no amount.
func hasID(s string) bool {
	digits := 0
	for _, c := range s {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c == '.' || c == ',':
			return false
		}
	}
	return digits >= 5
}

// isTelegraph says whether s is Chinese in four-digit telegraph codes (CCC):
// two or more groups of four digits and nothing else.
func isTelegraph(s string) bool {
	groups := strings.Fields(s)
	for _, g := range groups {
		if len(g) != 4 || strings.Trim(g, "0123456789") != "" {
			return false
		}
	}
	return len(groups) >= 2
}
