package bench

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode"

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
	OneWord  int           `json:"one_word"`    // alerts by a hit on which one word or one syllable agrees
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
	Listed  int    `json:"listed_subjects"` // who have it in a name, letter for letter
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
	whole    map[string]bool
	subjects map[string]int // that have a word
	letters  int            // of a name, the median
}

func namesOf(e *screen.Engine) (registerNames, error) {
	out := registerNames{map[string]bool{}, map[string]int{}, 0}
	all, err := subjects(e)
	if err != nil {
		return out, err
	}
	var lengths []int
	for _, s := range all {
		words := map[string]bool{}
		for _, x := range s.Entries {
			texts := slices.Clone(x.Earlier)
			for _, n := range x.Names {
				texts = append(texts, n.Full)
			}
			for _, t := range texts {
				out.whole[wholeKey(t)] = true
				lengths = append(lengths, letters(t))
				for w := range parts(t) {
					words[w] = true
				}
			}
		}
		for w := range words {
			out.subjects[w]++
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
// weights; a Han or Hangul name is divided into its syllables.
func parts(text string) map[string]int {
	out := map[string]int{}
	for _, p := range name.Analyse(text, name.AsPerson).Positions {
		out[strings.Join(plainText(text[p.Start:p.End]), " ")] = p.Weight()
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
		listed[[2]string{h.Name, h.Caption}]++
		customer, hit = append(customer, letters(m.Name)), append(hit, letters(h.Name))
		pairs := pairsOf(h)
		for _, p := range pairs {
			agreed[p]++
		}
		if len(pairs) == 1 {
			r.OneWord++
		}
	}
	r.Lengths = ReasonLengths{Customer: median(customer), Hit: median(hit), All: names.letters}
	r.Listed = topNames(listed)
	for _, w := range most(agreed) {
		r.Words = append(r.Words, ReasonWord{w, agreed[w], NewShare(bearing[w], g.Customers), names.subjects[w], weights[w], bearersOf(w)})
	}
	return r, nil
}

// pairsOf are the words of the customer that agree with a listed one.
func pairsOf(h screen.Hit) []string {
	if h.Explanation == nil || h.Explanation.Explanation == nil {
		return nil
	}
	var out []string
	for _, p := range h.Explanation.Pairs {
		out = append(out, strings.Join(plainText(p.Query), " "))
	}
	slices.Sort(out)
	return slices.Compact(out)
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
		fmt.Fprintf(&b, "%s %s (%d)", []string{" Most alerts by the listed names", ","}[min(i, 1)], n.Name, n.Alerts)
	}
	for i, w := range r.Words {
		fmt.Fprintf(&b, "%s %s (%d alerts; %.1f %% of the group bear it, %d listed subjects%s; weight .%02d)",
			[]string{". Words that agree:", ","}[min(i, 1)], w.Word, w.Alerts, 100*w.Share.Share, w.Listed, w.people(), w.Weight)
	}
	return b.String() + "."
}

func (w ReasonWord) people() string {
	if w.Bearers == 0 {
		return ""
	}
	return fmt.Sprintf(", %d people", w.Bearers)
}
