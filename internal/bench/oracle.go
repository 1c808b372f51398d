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
	words  int          // distinct words
	tokens []name.Token // distinct readings of words
	having [][]int      // token -> words that have it among their readings
	names  []listedName
	folds  map[string][]int // fold -> words with a reading of it
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
			w = o.words
			o.words++
			words[key] = w
			for i := range p.Alts {
				o.token(words, p.Alts[i:i+1], w)
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

// token notes that a word has a reading.
func (o *oracle) token(tokens map[string]int, reading []name.Token, word int) {
	key := "reading " + wordKey(reading)
	t, ok := tokens[key]
	if !ok {
		t = len(o.tokens)
		tokens[key] = t
		o.tokens = append(o.tokens, reading[0])
		o.having = append(o.having, nil)
	}
	o.having[t] = append(o.having[t], word)
	o.folds[reading[0].Fold] = append(o.folds[reading[0].Fold], word)
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
	known   map[string][]int // reading of a query's word -> listed words
	related []bool           // listed word
}

func (o *oracle) begin() *asking {
	return &asking{oracle: o, known: map[string][]int{}, related: make([]bool, o.words)}
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

// maxRemembered is the number of readings that are remembered.
const maxRemembered = 20_000

// relate marks the listed words that can be in a pair with words of the query.
func (a *asking) relate(query []name.Position) {
	clear(a.related)
	for i := range query {
		for k := range query[i].Alts {
			a.relateReading(query[i].Alts[k : k+1])
		}
		if i+1 < len(query) {
			a.relateJoined(query[i].Alts, query[i+1].Alts)
		}
	}
}

func (a *asking) relateReading(reading []name.Token) {
	key := wordKey(reading)
	like, ok := a.known[key]
	if !ok {
		like = a.wordsLike(&reading[0])
		if len(a.known) >= maxRemembered {
			clear(a.known)
		}
		a.known[key] = like
	}
	for _, w := range like {
		a.related[w] = true
	}
}

// wordsLike are the listed words that are related to a reading, or that can be
// the first of two which together are it.
func (o *oracle) wordsLike(reading *name.Token) []int {
	var like []int
	for i := range o.tokens {
		t := &o.tokens[i]
		_, s := match.Relate(reading, t)
		if s > 0 || t.Fold != "" && strings.HasPrefix(reading.Fold, t.Fold) {
			like = append(like, o.having[i]...)
		}
	}
	return like
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
