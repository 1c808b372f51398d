package screen

import (
	"strings"

	"interdict/internal/index"
)

// Shortest identifiers that are looked for in running text: shorter numbers
// are years and amounts.
const (
	shortestNumber = 7 // digits only
	shortestMixed  = 6 // letters and digits
)

// numbers finds the identifiers of listed subjects in a text: ship numbers,
// passports, digital currency addresses.
func (e *Engine) numbers(body string, o Options) ([]Mention, error) {
	var out []Mention
	for at := 0; at < len(body); {
		if !isNumberSign(body[at]) {
			at++
			continue
		}
		end := at
		for end < len(body) && isNumberSign(body[end]) {
			end++
		}
		from, to := at, end
		at = end
		token := strings.Trim(body[from:to], "-/.")
		if token == "" {
			continue
		}
		from += strings.Index(body[from:to], token)
		to = from + len(token)
		if !worthLooking(token) {
			continue
		}
		hits, err := e.identified(token, o)
		if err != nil {
			return nil, err
		}
		if len(hits) > 0 {
			out = append(out, Mention{Start: from, End: to, Text: token, Context: quote(body, from, to), Hits: hits})
		}
	}
	return out, nil
}

// identified are the hits of a text as an identifier.
func (e *Engine) identified(text string, o Options) ([]Hit, error) {
	byKey := e.byKeys(Query{Identifiers: []string{text}})
	if len(byKey) == 0 {
		return nil, nil
	}
	return e.hits(Query{}, o, nil, byKey)
}

func isNumberSign(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '/' || c == '.'
}

func worthLooking(token string) bool {
	key := index.Key(token)
	if key == "" {
		return false
	}
	if strings.Trim(key, "0123456789") == "" {
		return len(key) >= shortestNumber
	}
	return len(key) >= shortestMixed
}
