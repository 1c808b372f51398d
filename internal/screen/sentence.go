package screen

import (
	_ "embed" // the context words are part of the binary
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed table/context.txt
var contextText string

// contextWords say that a text speaks of terrorism, sanctions or an armed
// group; one in the sentence raises a short name.
var contextWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.SplitSeq(contextText, "\n") {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				out[w] = true
			}
		}
	}
	return out
})

// contextBytes is how much of the text is quoted on each side of a mention.
const contextBytes = 60

// longestSentence is how far from a mention, in bytes, a sentence is looked at.
const longestSentence = 600

// sentenceAround is the sentence, roughly, that a span stands in.
func sentenceAround(body string, from, to int) string {
	isEnd := func(r rune) bool { return strings.ContainsRune(".!?\n。！？؟", r) }
	before, after := body[max(0, from-longestSentence):from], body[to:min(len(body), to+longestSentence)]
	before = before[strings.LastIndexFunc(before, isEnd)+1:]
	if end := strings.IndexFunc(after, isEnd); end >= 0 {
		after = after[:end]
	}
	return before + body[from:to] + after
}

// hasContext reports a context word in the sentence outside the mention.
func hasContext(sentence, mention string) bool {
	rest := strings.ReplaceAll(sentence, mention, " ")
	for w := range strings.FieldsFuncSeq(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if contextWords()[strings.ToLower(w)] {
			return true
		}
	}
	return false
}

// quote is the mention with what stands around it, cut at letters.
func quote(body string, from, to int) string {
	start, end := max(0, from-contextBytes), min(len(body), to+contextBytes)
	for start < from && !utf8.RuneStart(body[start]) {
		start++
	}
	for end > to && end < len(body) && !utf8.RuneStart(body[end]) {
		end--
	}
	return strings.Join(strings.Fields(body[start:end]), " ")
}
