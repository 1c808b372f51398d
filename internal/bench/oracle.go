package bench

import (
	"fmt"
	"strings"

	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
)

// oracle scores every listed name without the index: no enumerator, no bound,
// no stored form. It compares the words of a query with every word of the
// register once, and leaves out the names none of whose words is related to
// any: without a pair of words there is no score.
type oracle struct {
	words [][]name.Token // distinct words, with their readings
	names []listedName
	folds map[string][]int // fold -> words with a reading of it
}

// listedName is a name in comparable form with everybody who bears it.
type listedName struct {
	kind      name.Kind
	positions []name.Position
	words     []int
	owners    []owner
}

type owner struct {
	subject string
	ordinal int
}

func newOracle(subjects []index.Subject) *oracle {
	o := &oracle{folds: map[string][]int{}}
	words, names := map[string]int{}, map[string]int{}
	for _, s := range subjects {
		for ordinal := range s.Names {
			o.read(words, names, s, ordinal)
		}
	}
	return o
}

// read takes the readings of a name, up to one that cannot be compared.
func (o *oracle) read(words, names map[string]int, s index.Subject, ordinal int) {
	for _, kind := range s.Kinds {
		for _, r := range name.Readings(s.Names[ordinal], kind) {
			if n := len(r.Positions); n == 0 || n > name.MaxPositions {
				return
			}
			o.add(words, names, kind, r.Positions, owner{s.ID, ordinal})
		}
	}
}

func (o *oracle) add(words, names map[string]int, kind name.Kind, positions []name.Position, bearer owner) {
	n := listedName{kind: kind, positions: positions}
	whole := fmt.Sprint(kind)
	for _, p := range positions {
		key := wordKey(p.Alts)
		w, ok := words[key]
		if !ok {
			w = len(o.words)
			words[key] = w
			o.words = append(o.words, p.Alts)
			for _, t := range p.Alts {
				o.folds[t.Fold] = append(o.folds[t.Fold], w)
			}
		}
		n.words = append(n.words, w)
		whole += fmt.Sprintf("/%d %d %d", w, p.Chain, p.Tags)
	}
	i, ok := names[whole]
	if !ok {
		i = len(o.names)
		names[whole] = i
		o.names = append(o.names, n)
	}
	o.names[i].owners = append(o.names[i].owners, bearer)
}

func wordKey(alts []name.Token) string {
	var key strings.Builder
	for _, t := range alts {
		fmt.Fprintf(&key, "%d %t %s ", t.Class, t.Abjad, t.Surface)
	}
	return key.String()
}

// asking is an oracle with the memory of one goroutine.
type asking struct {
	*oracle
	scorer  match.Scorer
	known   map[string][]int // word of a query -> listed words
	related []bool           // listed word
}

func (o *oracle) begin() *asking {
	return &asking{oracle: o, known: map[string][]int{}, related: make([]bool, len(o.words))}
}

// find returns what a search must return, in the order of sortHits.
func (a *asking) find(p index.Probe, theta int) []index.Hit {
	var hits []index.Hit
	for probe, r := range p.Readings {
		a.relate(r.Positions)
		for i := range a.names {
			n := &a.names[i]
			if r.Kinds>>n.kind&1 == 0 || !a.anyRelated(n.words) {
				continue
			}
			if result, ok := a.scorer.Score(r.Positions, n.positions, match.NameCosts, theta); ok {
				for _, b := range n.owners {
					hits = append(hits, index.Hit{Subject: b.subject, Name: b.ordinal, Kind: n.kind, Probe: probe, Result: result})
				}
			}
		}
	}
	sortHits(hits)
	return hits
}

func (a *asking) anyRelated(words []int) bool {
	for _, w := range words {
		if a.related[w] {
			return true
		}
	}
	return false
}

// maxRemembered is the number of query words that are remembered.
const maxRemembered = 20_000

// relate marks the listed words that can be in a pair with words of the query.
func (a *asking) relate(query []name.Position) {
	clear(a.related)
	for i := range query {
		key := wordKey(query[i].Alts)
		like, ok := a.known[key]
		if !ok {
			like = a.wordsLike(query[i].Alts)
			if len(a.known) >= maxRemembered {
				clear(a.known)
			}
			a.known[key] = like
		}
		for _, w := range like {
			a.related[w] = true
		}
		if i+1 < len(query) {
			a.relateJoined(query[i].Alts, query[i+1].Alts)
		}
	}
}

// wordsLike are the listed words that are related to a word, or that can be the
// first of two which together are it.
func (o *oracle) wordsLike(word []name.Token) []int {
	var like []int
	for w, listed := range o.words {
		if _, s := match.RelatePositions(word, listed); s > 0 || begins(listed, word) {
			like = append(like, w)
		}
	}
	return like
}

// begins reports whether a reading of one word begins a reading of the other.
func begins(part, whole []name.Token) bool {
	for i := range part {
		for j := range whole {
			if f := part[i].Fold; f != "" && strings.HasPrefix(whole[j].Fold, f) {
				return true
			}
		}
	}
	return false
}

// relateJoined marks the listed words that two words of the query are together;
// equal letters may collapse where they meet.
func (a *asking) relateJoined(first, second []name.Token) {
	for i := range first {
		for j := range second {
			left, right := first[i].Fold, second[j].Fold
			a.mark(left + right)
			if left != "" && right != "" && left[len(left)-1] == right[0] {
				a.mark(left + right[1:])
			}
		}
	}
}

func (a *asking) mark(fold string) {
	for _, w := range a.folds[fold] {
		a.related[w] = true
	}
}
