//go:build ignore

// Command make_attested mines the table of attested spellings of package name
// (relation R7, matching.md 4.3) from the names that official lists give one
// subject:
//
//	go run ./internal/name/make_attested.go DATA >internal/name/table/attested.txt
//
// DATA holds lists/ofac, lists/uk, lists/ca and names/translit, whose pairs of
// single words in two scripts are taken if enough bearers have them and the
// tables of romanisation do not bring them together. With -half train or -half test
// it looks at half of the subjects only, drawn by the hash of their names;
// -pairs prints, instead of the table, the pairs of names of one subject as a
// file for "interdict bench quality". What is mined from one half can so be
// measured on the other.
package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/list"
	"interdict/internal/list/ca"
	"interdict/internal/list/ofac"
	"interdict/internal/list/uk"
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/record"
	"interdict/internal/register"
)

const (
	leastSubjects = 3   // of a pair of words; 2 if in two lists and alike
	leastLift     = 20  // over what chance would bring together
	leastShare    = .10 // of the subjects that have the rarer word
	aligned       = 900 // similarity of the words that agree, 1/1000
	mostNames     = 40  // of a subject
	mostWords     = 8   // of a name
	mostPartners  = 64  // of a word
	leastLetters  = 4   // of both words of a pair in two scripts
)

// subject is one bearer of names in all lists.
type subject struct {
	names []listed
	lists map[string]bool
}

type listed struct {
	text, list string
	kind       name.Kind
}

func main() {
	half := flag.String("half", "", "train or test")
	pairs := flag.Bool("pairs", false, "print pairs of names")
	flag.Parse()
	dir := flag.Arg(0)
	var all []subject
	all = append(all, read(ofac.Source, dir, "lists/ofac/sdn-2018-12/sdn.csv", "lists/ofac/sdn-2018-12/alt.csv", "lists/ofac/sdn-2018-12/add.csv")...)
	all = append(all, read(uk.Source, dir, "lists/uk/hmt-conlist-2018-04-13.csv")...)
	all = append(all, read(ca.Source, dir, "lists/ca/sema-consolidated-2025.xml")...)
	all = slices.DeleteFunc(merge(all), func(s subject) bool {
		return *half != "" && (*half == "train") != s.trains()
	})
	if *pairs {
		printPairs(all)
		return
	}
	found := mine(all)
	for _, script := range []string{"arabic", "chinese", "katakana", "russian"} {
		found = append(found, spelt(dir, script)...)
	}
	printTable(tidy(found))
}

func read(s list.Source, dir string, files ...string) []subject {
	var in []register.Input
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f))
		check(err)
		in = append(in, register.Input{Name: filepath.Base(f), Bytes: b})
	}
	e, err := register.Read(s, "", in)
	check(err)
	var out []subject
	for _, r := range e.Records {
		if r.Kind != record.Person && r.Kind != record.Organisation {
			continue
		}
		kind := name.AsOrganisation
		if r.Kind == record.Person {
			kind = name.AsPerson
		}
		var x subject
		for _, n := range r.Names {
			x.names = append(x.names, listed{n.Full, r.Source, kind})
		}
		out = append(out, x)
	}
	return out
}

// merge makes one subject of all that share a name of two words or more.
func merge(all []subject) []subject {
	by := map[string]int{} // name to its subject
	root := make([]int, len(all))
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for i, s := range all {
		root[i] = i
		for _, n := range s.names {
			k := key(n)
			if k == "" {
				continue
			}
			if j, ok := by[k]; ok {
				root[find(i)] = find(j)
			} else {
				by[k] = i
			}
		}
	}
	merged := map[int]*subject{}
	var order []int
	for i, s := range all {
		r := find(i)
		if merged[r] == nil {
			merged[r] = &subject{lists: map[string]bool{}}
			order = append(order, r)
		}
		for _, n := range s.names {
			merged[r].lists[n.list] = true
			if !slices.ContainsFunc(merged[r].names, func(o listed) bool { return o.text == n.text && o.kind == n.kind }) {
				merged[r].names = append(merged[r].names, n)
			}
		}
	}
	var out []subject
	for _, r := range order {
		out = append(out, *merged[r])
	}
	return out
}

// key is a name as its sorted words; "" for a name of one word.
func key(n listed) string {
	var words []string
	for _, p := range name.Analyse(n.text, n.kind).Positions {
		if p.Class() == name.Word || p.Class() == name.Number {
			words = append(words, p.Alts[0].Surface)
		}
	}
	if len(words) < 2 {
		return ""
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// trains draws the half of a subject from its first name in the alphabet.
func (s subject) trains() bool {
	first := slices.MinFunc(s.names, func(a, b listed) int { return cmp.Compare(a.text, b.text) }).text
	return sha256.Sum256([]byte(first))[0]%2 == 0
}

type pair [2]string

// support is where a pair of words was seen.
type support struct {
	pair
	alike    bool            // are related without the lexicon
	beside   map[string]bool // words that stand beside the pair in every subject
	subjects int
	lists    map[string]bool
}

func mine(all []subject) []support {
	seen := map[pair]*support{}
	with := map[string]int{} // subjects with several names that have the word
	several := 0
	for _, s := range all {
		words, found := map[string]bool{}, map[pair]map[string]bool{}
		names := readings(s)
		if len(names) < 2 {
			continue
		}
		several++
		for i, a := range names {
			for _, p := range a {
				words[p.Alts[0].Surface] = true
			}
			for _, b := range names[i+1:] {
				if p, ok := differing(a, b); ok {
					found[p] = both(found[p], beside(a, p))
				}
			}
		}
		for w := range words {
			with[w]++
		}
		for p, words := range found {
			if seen[p] == nil {
				seen[p] = &support{pair: p, alike: alike(p), lists: map[string]bool{}}
			}
			seen[p].subjects++
			seen[p].beside = both(seen[p].beside, words)
			maps.Copy(seen[p].lists, s.lists)
		}
	}
	return accept(seen, with, several)
}

// beside are the words of a name that are not of the pair.
func beside(a []name.Position, p pair) map[string]bool {
	out := map[string]bool{}
	for _, x := range a {
		if w := x.Alts[0].Surface; w != p[0] && w != p[1] {
			out[w] = true
		}
	}
	return out
}

// both is what the sets have in common; nil is the set of all words.
func both(a, b map[string]bool) map[string]bool {
	if a == nil {
		return b
	}
	out := map[string]bool{}
	for w := range a {
		if b[w] {
			out[w] = true
		}
	}
	return out
}

// readings are the name words of each name, without the lexicon.
func readings(s subject) [][]name.Position {
	var out [][]name.Position
	for _, n := range s.names[:min(len(s.names), mostNames)] {
		if w := words(n); len(w) > 1 && len(w) <= mostWords {
			out = append(out, w)
		}
	}
	return out
}

func words(n listed) []name.Position {
	var out []name.Position
	for _, p := range name.Analyse(n.text, n.kind).Positions {
		if p.Class() != name.Word {
			continue
		}
		p.Alts = slices.Clone(p.Alts)
		for i := range p.Alts {
			p.Alts[i].Senses = nil
		}
		out = append(out, p)
	}
	return out
}

// differing returns the two words in which the names differ, if all their other
// words agree, each with one of its own.
func differing(a, b []name.Position) (pair, bool) {
	if len(a) != len(b) {
		return pair{}, false
	}
	taken := make([]bool, len(b))
	left, at := -1, -1
	for i := range a {
		best, sim := -1, aligned-1
		for j := range b {
			if _, s := match.RelatePositions(a[i].Alts, b[j].Alts); !taken[j] && s > sim {
				best, sim = j, s
			}
		}
		switch {
		case best >= 0:
			taken[best] = true
		case left >= 0:
			return pair{}, false
		default:
			left = i
		}
	}
	if at = slices.Index(taken, false); left < 0 || at < 0 {
		return pair{}, false
	}
	p := pairOf(a[left], b[at])
	return p, !a[left].Alts[0].Abjad && !b[at].Alts[0].Abjad && len(p[0]) > 1 && len(p[1]) > 1
}

func alike(p pair) bool {
	a, b := words(listed{p[0], "", name.AsPerson}), words(listed{p[1], "", name.AsPerson})
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	_, s := match.RelatePositions(a[0].Alts, b[0].Alts)
	return s > 0
}

func accept(seen map[pair]*support, with map[string]int, several int) []support {
	var out []support
	for p, s := range seen {
		a, b := with[p[0]], with[p[1]]
		lift := float64(s.subjects) * float64(several) / (float64(a) * float64(b))
		enough := s.subjects >= leastSubjects || s.subjects == leastSubjects-1 && len(s.lists) > 1 && s.alike
		// One family, or one firm with its branches, is no support; and the names of
		// God behind Abd are different names.
		if len(s.beside) > 0 || strings.HasPrefix(p[0], "abd") && strings.HasPrefix(p[1], "abd") {
			continue
		}
		if enough && lift >= leastLift && float64(s.subjects) >= leastShare*float64(min(a, b)) {
			out = append(out, *s)
		}
	}
	return out
}

// spelt are the pairs of a Latin word and the first reading of its form in
// another script.
func spelt(dir, script string) []support {
	b, err := os.ReadFile(filepath.Join(dir, "names/translit", "wikidata-"+script+".tsv"))
	check(err)
	var out []support
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n")[1:] {
		f := strings.Split(line, "\t")
		bearers, err := strconv.Atoi(f[3])
		check(err)
		a := words(listed{f[1], "", name.AsPerson})
		b := words(listed{strings.ReplaceAll(f[2], " ", ""), "", name.AsPerson})
		if bearers < leastSubjects || len(a) != 1 || len(b) != 1 {
			continue
		}
		if _, s := match.RelatePositions(a[0].Alts, b[0].Alts); s >= aligned {
			continue
		}
		if p := pairOf(a[0], b[0]); len(p[0]) >= leastLetters && len(p[1]) >= leastLetters && p[0] != p[1] {
			out = append(out, support{pair: p, subjects: bearers, lists: map[string]bool{"wikidata": true}})
		}
	}
	return out
}

func pairOf(a, b name.Position) pair {
	x, y := a.Alts[0].Surface, b.Alts[0].Surface
	return pair{min(x, y), max(x, y)}
}

// tidy keeps of each pair the strongest support, leaves out the partners of a
// word that has too many, and sorts.
func tidy(out []support) []support {
	slices.SortFunc(out, func(a, b support) int {
		return cmp.Or(cmp.Compare(b.subjects, a.subjects), cmp.Compare(a.pair[0], b.pair[0]), cmp.Compare(a.pair[1], b.pair[1]))
	})
	partners, had := map[string]int{}, map[pair]bool{}
	out = slices.DeleteFunc(out, func(s support) bool {
		if had[s.pair] {
			return true
		}
		had[s.pair] = true
		for _, w := range s.pair {
			partners[w]++
		}
		return partners[s.pair[0]] > mostPartners || partners[s.pair[1]] > mostPartners
	})
	slices.SortFunc(out, func(a, b support) int { return slices.Compare(a.pair[:], b.pair[:]) })
	return out
}

func printTable(all []support) {
	fmt.Println("# Words that names of one listed subject have in each other's place, all other")
	fmt.Println("# words being alike, or that are one name in two scripts (relation R7). A line a pair:")
	fmt.Println("#   bearers sources: word word")
	fmt.Println("# Made by make_attested.go, which says how they are")
	fmt.Println("# chosen, from lists of the US (public domain), the UK and Canada (open government")
	fmt.Println("# licences), and Wikidata name pairs (CC0).")
	for _, s := range all {
		fmt.Printf("%d %s: %s %s\n", s.subjects, strings.Join(slices.Sorted(maps.Keys(s.lists)), ","), s.pair[0], s.pair[1])
	}
}

// printPairs prints the first name of each subject beside each of its others.
func printPairs(all []subject) {
	w := csv.NewWriter(os.Stdout)
	check(w.Write([]string{"entity", "schema", "latin", "other_script"}))
	for i, s := range all {
		for _, n := range s.names[1:] {
			schema := "Organization"
			if n.kind == name.AsPerson {
				schema = "Person"
			}
			check(w.Write([]string{fmt.Sprint(i), schema, s.names[0].text, n.text}))
		}
	}
	w.Flush()
	check(w.Error())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
