package list

import (
	"regexp"
	"strconv"
	"strings"
)

// Item is one piece of an enumeration and the numbers that it stands for:
// "(1)-(3) Tunisia" is one item for 1 to 3.
type Item struct {
	From, To int // 1-based; a is 1
	Text     string
}

var marker = regexp.MustCompile(`\(?\b(\d{1,2}|[A-Za-z])\)`)

// Enumerate takes apart "1) Saudi Arabia 2) Qatar", "(a) French, (b) Tunisian"
// and "(1)-(2) Tunisia (3) Libya". Markers count only in their order from 1 or
// a on, so that brackets inside an item do no harm. head is what stands before
// the first marker. A text that is no enumeration comes back as head alone.
func Enumerate(text string) (head string, items []Item) {
	type mark struct{ from, to, start, end int }
	var marks []mark
	for _, m := range marker.FindAllStringSubmatchIndex(text, -1) {
		n := ordinal(text[m[2]:m[3]])
		want := 1
		if len(marks) > 0 {
			want = marks[len(marks)-1].to + 1
		}
		switch {
		case len(marks) > 0 && n > want-1 && joins(text[marks[len(marks)-1].end:m[0]], n == want):
			last := &marks[len(marks)-1]
			last.to, last.end = n, m[1]
		case n == want:
			marks = append(marks, mark{n, n, m[0], m[1]})
		}
	}
	if len(marks) == 0 || (len(marks) == 1 && strings.TrimSpace(text[:marks[0].start]) != "") {
		return Squeeze(text), nil
	}
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		items = append(items, Item{m.from, m.to, strings.TrimRight(Squeeze(text[m.end:end]), ",; ")})
	}
	return Squeeze(text[:marks[0].start]), items
}

// joins reports whether what stands between two markers makes them one range:
// "(1)-(3)", "(1) to (6)", or "(1) (2)" with the next number.
func joins(between string, next bool) bool {
	switch strings.TrimSpace(between) {
	case "-", "–", "to":
		return true
	case "", ",", "and", "&":
		return next
	}
	return false
}

func ordinal(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return int(strings.ToLower(s)[0]-'a') + 1
}
