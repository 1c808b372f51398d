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

// mostGroups is how many groups of signs, with a blank between them, are looked
// at as one identifier: an IBAN has nine.
const mostGroups = 9

// numbers finds the identifiers of listed subjects in a text: ship numbers,
// passports, digital currency addresses; also in groups: "311 000 111".
func (e *Engine) numbers(body string, o Options) ([]Mention, error) {
	var out []Mention
	for at := 0; at < len(body); {
		from, to := nextNumber(body, at)
		if from == to {
			break
		}
		at = to
		if !grouped(body[from:to]) {
			continue // most words of a text
		}
		for groups := 1; ; groups++ {
			m, err := e.number(body, from, to, o)
			if err != nil {
				return nil, err
			}
			out = append(out, m...)
			if groups == mostGroups || to == len(body) || body[to] != ' ' || !grouped(body[from:to]) {
				break
			}
			next, end := nextNumber(body, to)
			if next != to+1 || !grouped(body[next:end]) {
				break
			}
			to = end
		}
	}
	return out, nil
}

// number is the mention that body[from:to] is as an identifier, if it is.
func (e *Engine) number(body string, from, to int, o Options) ([]Mention, error) {
	token := body[from:to]
	if !worthLooking(token) {
		return nil, nil
	}
	hits, err := e.identified(token, o)
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	return []Mention{{Start: from, End: to, Text: token, Context: quote(body, from, to), Hits: hits}}, nil
}

// nextNumber is the next run of signs of a number from at on, without hyphens,
// strokes and full stops at its ends; empty if there is none.
func nextNumber(body string, at int) (from, to int) {
	for at < len(body) {
		for at < len(body) && (!isNumberSign(body[at]) || isSeparator(body[at])) {
			at++
		}
		end := at
		for end < len(body) && isNumberSign(body[end]) {
			end++
		}
		from, to, at = at, end, end
		for to > from && isSeparator(body[to-1]) {
			to--
		}
		if to > from {
			return from, to
		}
	}
	return at, at
}

// grouped reports what may be a group of an identifier, or several: it has a
// digit, or is up to four capital letters, as the bank of an IBAN.
func grouped(token string) bool {
	capitals := len(token) <= 4
	for i := range len(token) {
		if c := token[i]; c >= '0' && c <= '9' {
			return true
		} else if c >= 'a' && c <= 'z' {
			capitals = false
		}
	}
	return capitals
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
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isSeparator(c)
}

func isSeparator(c byte) bool { return c == '-' || c == '/' || c == '.' }

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
