package bench

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"interdict/internal/name"
	"interdict/internal/people"
	"interdict/internal/screen"
	"interdict/internal/script"
)

// Reason is why a group has more alerts than others, as counted.
type Reason struct {
	By       string        `json:"by"`
	Group    string        `json:"group"`
	Alerts   int           `json:"alerts"` // customers with a hit
	Listed   []ReasonName  `json:"listed_names"`
	Words    []ReasonWord  `json:"words"`
	Lengths  ReasonLengths `json:"lengths"`
	OneWord  int           `json:"one_word"`    // alerts by a hit in which one listed word agrees, no other
	WeakOnly int           `json:"weak_alerts"` // that are in the weak band only
}

// ReasonName is a listed name with the customers of the group that it alerts.
type ReasonName struct {
	Name    string `json:"name"`
	Caption string `json:"caption"`
	Alerts  int    `json:"alerts"`
}

// ReasonWord is a word of customers that agreed with a listed one.
type ReasonWord struct {
	Word    string `json:"word"`
	Alerts  int    `json:"alerts"`
	Share   Share  `json:"customers"`       // of the group who bear it
	Listed  int    `json:"listed_subjects"` // that the group's customers meet by it
	Weight  int    `json:"weight"`          // 1/100 of a rare word
	Bearers int    `json:"bearers"`         // people in the world, 0 where nobody counted
}

// ReasonLengths are medians of letters: of the customers with an alert, of the
// listed names that alert them, and of all listed names.
type ReasonLengths struct {
	Customer int `json:"customers"`
	Hit      int `json:"listed"`
	All      int `json:"all_listed"`
}

// mostReasons is how many names and words a reason shows.
const mostReasons = 5

// registerNames are the names of a register, to compare with letter for letter.
type registerNames struct {
	whole   map[string]bool
	letters int // of a name, the median
}

func namesOf(e *screen.Engine) (registerNames, error) {
	out := registerNames{whole: map[string]bool{}}
	all, err := subjects(e)
	if err != nil {
		return out, err
	}
	var lengths []int
	for _, s := range all {
		for _, x := range s.Entries {
			texts := slices.Clone(x.Earlier)
			for _, n := range x.Names {
				texts = append(texts, n.Full)
			}
			for _, t := range texts {
				out.whole[wholeKey(t)] = true
				lengths = append(lengths, letters(t))
			}
		}
	}
	out.letters = median(lengths)
	return out, nil
}

// has reports whether a listed name has the same words, in any order.
func (r registerNames) has(text string) bool { return r.whole[wholeKey(text)] }

func wholeKey(text string) string {
	w := plainText(text)
	slices.Sort(w)
	return strings.Join(w, " ")
}

// plainText are the words of a text, cleaned, in small letters.
func plainText(text string) []string {
	cleaned, _ := script.Clean(text)
	return strings.FieldsFunc(strings.ToLower(cleaned), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
}

// parts are the words of a name as the comparison divides it, with their
// weights, and the family name that a name in Han or Hangul begins with.
func parts(text string) map[string]int {
	out := map[string]int{}
	for _, p := range name.Analyse(text, name.AsPerson).Positions {
		word := strings.Join(plainText(text[p.Start:p.End]), " ")
		out[word] = p.Weight()
		if first, size := utf8.DecodeRuneInString(word); size < len(word) && unicode.In(first, unicode.Han, unicode.Hangul) {
			out[string(first)] = name.Analyse(string(first), name.AsPerson).Positions[0].Weight()
		}
	}
	return out
}

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

func median(all []int) int {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s)) // a hash never fails
	return h.Sum64()
}

// reason asks for every alert of a group again, with its explanation, and
// counts what agreed.
func (b fairBook) reason(e *screen.Engine, g FairGroup, names registerNames) (Reason, error) {
	r := Reason{By: g.By, Group: g.Group, WeakOnly: g.Weak}
	listed, agreed, bearing, weights := map[[2]string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	meets := map[string]map[string]bool{}
	var customer, hit []int
	for _, m := range b.members {
		if !slices.Contains(m.groups, [2]string{g.By, g.Group}) {
			continue
		}
		for w, weight := range parts(m.Name) {
			bearing[w]++
			weights[w] = weight
		}
		if len(m.answer.Hits) == 0 {
			continue
		}
		a, _, err := e.Customer(m.Customer, screen.Options{})
		if err != nil {
			return r, err
		}
		h := a.Hits[0]
		r.Alerts++
		r.OneWord += oneWord(h)
		listed[[2]string{h.Name, h.Caption}]++
		customer, hit = append(customer, letters(m.Name)), append(hit, letters(h.Name))
		for w, subjects := range wordsOf(a.Hits) {
			agreed[w]++
			if meets[w] == nil {
				meets[w] = map[string]bool{}
			}
			maps.Copy(meets[w], subjects)
		}
	}
	r.Lengths = ReasonLengths{Customer: median(customer), Hit: median(hit), All: names.letters}
	r.Listed = topNames(listed)
	for _, w := range most(agreed) {
		r.Words = append(r.Words, ReasonWord{w, agreed[w], NewShare(bearing[w], g.Customers), len(meets[w]), weights[w], bearersOf(w)})
	}
	return r, nil
}

// wordsOf are the words of a customer that agree with a listed one, each with
// the subjects that it agrees with.
func wordsOf(hits []screen.Hit) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, h := range hits {
		if h.Explanation == nil || h.Explanation.Explanation == nil {
			continue
		}
		for _, p := range h.Explanation.Pairs {
			for w := range parts(p.Query) {
				if out[w] == nil {
					out[w] = map[string]bool{}
				}
				out[w][h.Subject] = true
			}
		}
	}
	return out
}

// oneWord is 1 where one listed word agrees and no other.
func oneWord(h screen.Hit) int {
	if h.Explanation == nil || h.Explanation.Explanation == nil {
		return 0
	}
	if p := h.Explanation.Pairs; len(p) == 1 && len(plainText(p[0].Listed)) == 1 {
		return 1
	}
	return 0
}

func topNames(counts map[[2]string]int) []ReasonName {
	var out []ReasonName
	for k, n := range counts {
		out = append(out, ReasonName{k[0], k[1], n})
	}
	slices.SortFunc(out, func(a, b ReasonName) int {
		return cmp.Or(cmp.Compare(b.Alerts, a.Alerts), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Caption, b.Caption))
	})
	return out[:min(mostReasons, len(out))]
}

// most are the words that count most.
func most(counts map[string]int) []string {
	all := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return all[:min(mostReasons, len(all))]
}

// bearersOf is how many people bear a word, in the culture that counted most.
func bearersOf(word string) int {
	n := 0
	for _, k := range people.Cultures() {
		n = max(n, k.Bearers(word))
	}
	return n
}

// Text says the reason in plain words.
func (r Reason) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %d customers with an alert, %d of them in the weak band only, %d by one word alone.", r.By, r.Group, r.Alerts, r.WeakOnly, r.OneWord)
	fmt.Fprintf(&b, " Their names have %d letters, the listed names that they meet %d, all listed names %d (medians).", r.Lengths.Customer, r.Lengths.Hit, r.Lengths.All)
	for i, n := range r.Listed {
		fmt.Fprintf(&b, "%s %s (%d)", []string{" Most alerts by the listed names", ","}[min(i, 1)], apart(n.Name), n.Alerts)
	}
	for i, w := range r.Words {
		fmt.Fprintf(&b, "%s %s (alerts: %d; borne by %.1f %% of the group%s, meets %d listed subjects; weight %.2f)",
			[]string{". Words that agree:", ","}[min(i, 1)], apart(w.Word), w.Alerts, 100*w.Share.Share, w.people(), w.Listed, float64(w.Weight)/100)
	}
	return b.String() + "."
}

// apart keeps a name of another direction from turning what stands beside it
// (Unicode Standard Annex 9, isolates).
func apart(name string) string { return "\u2068" + name + "\u2069" }

func (w ReasonWord) people() string {
	if w.Bearers == 0 {
		return ""
	}
	return fmt.Sprintf(" and by %d people in all", w.Bearers)
}
