//go:build ignore

// Command make_rarity prints the rarity table of package name. It is run once
// for a profile, on public name corpora and lists:
//
//	go run ./internal/name/make_rarity.go DATA >internal/name/table/rarity.txt
//
// DATA holds lists/un, lists/ofac, lists/uk, lists/ca, names/frequency and
// names/translit. A name on a country's list of commonest names counts
// commonName times, a name of a generator's list generatedName times, a word
// with a count in a corpus as often as that says.
package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/list"
	"interdict/internal/list/ca"
	"interdict/internal/list/ofac"
	"interdict/internal/list/uk"
	"interdict/internal/list/un"
	"interdict/internal/name"
	"interdict/internal/record"
	"interdict/internal/register"
)

const (
	commonName    = 30
	generatedName = 3
)

var (
	counts = map[string]float64{}
	names  float64
)

func main() {
	dir := os.Args[1]
	read(un.Source, dir, "lists/un/consolidated/un-consolidated-2025-04-19.xml")
	read(un.Source, dir, "lists/un/consolidated/un-consolidated-2018-10-29.xml")
	read(ofac.Source, dir, "lists/ofac/sdn-2018-12/sdn.csv", "lists/ofac/sdn-2018-12/alt.csv", "lists/ofac/sdn-2018-12/add.csv")
	read(uk.Source, dir, "lists/uk/hmt-conlist-2018-04-13.csv")
	read(ca.Source, dir, "lists/ca/sema-consolidated-2025.xml")
	common(dir, "common-forenames-by-country.csv", "Romanized Name", "Localized Name")
	common(dir, "common-surnames-by-country.csv", "Romanized Name", "Localized Name")
	generated(dir, "python-faker-0.9.3-person-names.json")
	generated(dir, "faker-person-names-by-locale.json")
	for _, f := range []string{"arabic", "chinese", "katakana", "russian"} {
		counted(dir, f)
	}
	print()
}

// count adds the words of a name.
func count(text string, kind name.Kind, times float64) {
	names += times
	for _, p := range name.Analyse(text, kind).Positions {
		seen := map[string]bool{}
		for i, t := range p.Alts {
			// Later readings of a word are seldom its spelling.
			if t.Class == name.Word && !t.Abjad && !seen[t.Surface] && i < 3 {
				seen[t.Surface] = true
				counts[t.Surface] += times
			}
		}
	}
}

func read(s list.Source, dir string, files ...string) {
	var in []register.Input
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f))
		check(err)
		in = append(in, register.Input{Name: filepath.Base(f), Bytes: b})
	}
	e, err := register.Read(s, "", in)
	check(err)
	for _, r := range e.Records {
		kind := name.AsOrganisation
		if r.Kind == record.Person {
			kind = name.AsPerson
		}
		for _, n := range r.Names {
			count(n.Full, kind, 1)
		}
	}
}

func common(dir, file string, columns ...string) {
	b, err := os.ReadFile(filepath.Join(dir, "names/frequency", file))
	check(err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")))).ReadAll()
	check(err)
	for _, row := range rows[1:] {
		done := map[string]bool{}
		for _, c := range columns {
			if v := row[slices.Index(rows[0], c)]; v != "" && !done[strings.ToLower(v)] {
				done[strings.ToLower(v)] = true
				count(v, name.AsPerson, commonName)
			}
		}
	}
}

func generated(dir, file string) {
	b, err := os.ReadFile(filepath.Join(dir, "names/frequency", file))
	check(err)
	var tree any
	check(json.Unmarshal(b, &tree))
	var walk func(v any, path string)
	walk = func(v any, path string) {
		switch v := v.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				walk(v[k], path+"/"+k)
			}
		case []any:
			for _, x := range v {
				walk(x, path)
			}
		case string:
			if strings.Contains(path, "name") && !strings.Contains(v, "{") {
				count(v, name.AsPerson, generatedName)
			}
		}
	}
	walk(tree, "")
}

func counted(dir, script string) {
	b, err := os.ReadFile(filepath.Join(dir, "names/translit", "wikidata-"+script+".tsv"))
	check(err)
	most := map[string]float64{}
	for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		f := strings.Split(line, "\t")
		n, err := strconv.ParseFloat(f[3], 64)
		if i == 0 && err != nil {
			continue
		}
		check(err)
		most[f[1]] = max(most[f[1]], n)
	}
	for _, w := range slices.Sorted(maps.Keys(most)) {
		count(w, name.AsPerson, most[w])
	}
}

func print() {
	type entry struct {
		word   string
		weight int
	}
	var out []entry
	for w, c := range counts {
		weight := int(math.Round(100 * min(1, max(.45, 1.1-.9*math.Log(c)/math.Log(names)))))
		if weight <= 97 {
			out = append(out, entry{w, weight})
		}
	}
	slices.SortFunc(out, func(a, b entry) int { return cmp.Compare(a.word, b.word) })
	fmt.Printf("# Weight of name words in 1/100: 1.1 - .9 ln c / ln N, c the count of the word,\n")
	fmt.Printf("# N = %.0f names; words that are not here weigh 1.00. Frozen: a new table is a\n", names)
	fmt.Printf("# new profile. Made by make_rarity.go, which names the sources: official lists of\n")
	fmt.Printf("# the UN, the US (public domain), the UK and Canada (open government licences),\n")
	fmt.Printf("# popular-names-by-country (CC0), Wikidata name pairs (CC0), faker name lists (MIT).\n")
	for _, e := range out {
		fmt.Println(e.word, e.weight)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
