package match_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/match"
	"interdict/internal/name"
)

// oracle enumerates every set of edges in which no position is used twice.
func oracle(q, l []name.Position, c match.Costs) (bestN, bestD int64) {
	type edge struct {
		q, l   uint64
		w, s   int64
		qw, lw int64
	}
	var edges []edge
	weight := func(p []name.Position, mask uint64) (w int64) {
		for i := range p {
			if mask>>i&1 == 1 {
				w += int64(p[i].Weight())
			}
		}
		return w
	}
	add := func(qm, lm uint64, rel match.Relation, s int) {
		qw, lw := weight(q, qm), weight(l, lm)
		edges = append(edges, edge{qm, lm, int64(match.PairWeight(rel, int32(qw), int32(lw))), int64(s), qw, lw})
	}
	for i := range q {
		for j := range l {
			if rel, s := match.RelatePositions(q[i].Alts, l[j].Alts); s >= c.Floor && !(c.Whole && rel == match.Letter) {
				add(1<<i, 1<<j, rel, s)
			}
			if i+1 < len(q) && joins(q[i].Alts, q[i+1].Alts, l[j].Alts) {
				add(3<<i, 1<<j, match.Joined, 950)
			}
			if j+1 < len(l) && joins(l[j].Alts, l[j+1].Alts, q[i].Alts) {
				add(1<<i, 3<<j, match.Split, 950)
			}
		}
	}
	all := func(p []name.Position) uint64 { return 1<<len(p) - 1 }
	bestD = 1
	var try func(k int, qm, lm uint64, n, d int64)
	try = func(k int, qm, lm uint64, n, d int64) {
		if k == len(edges) {
			uq, ul := weight(q, all(q)&^qm), weight(l, all(l)&^lm)
			d += c.Query*uq + c.Listed*ul + c.Both*min(uq, ul)
			if n*bestD > bestN*d {
				bestN, bestD = n, d
			}
			return
		}
		try(k+1, qm, lm, n, d)
		if e := edges[k]; qm&e.q == 0 && lm&e.l == 0 {
			try(k+1, qm|e.q, lm|e.l, n+e.w*e.s, d+1000*e.w)
		}
	}
	try(0, 0, 0, 0, 0)
	return bestN, bestD
}

func joins(a, b, c []name.Token) bool {
	for i := range min(len(a), match.JoinAlternatives) {
		for j := range min(len(b), match.JoinAlternatives) {
			for k := range c {
				if match.Joins(&a[i], &b[j], &c[k]) {
					return true
				}
			}
		}
	}
	return false
}

// words that relate to each other in every way.
var words = []string{
	"ali", "aly", "alia", "muhammad", "mohamed", "muhamad", "hussein", "husain", "abu", "bakr", "abubakr", "bin", "ibn",
	"al", "qaida", "alqaida", "kaida", "m", "a", "h", "khan", "kan", "jan", "hasan", "hassan", "ali ali", "petrov", "petrova",
	"ivanovich", "44", "44th", "bank", "group", "ltd", "llc", "smith", "smyth", "محمد", "حسين", "بكر", "Иван", "ivan",
}

func drawName(t *rapid.T, label string, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, most).Draw(t, label), " ")
}

func TestScoreIsTheMaximumOverAllPairings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := name.Kind(rapid.IntRange(0, 1).Draw(t, "kind"))
		costs := rapid.SampledFrom([]match.Costs{match.NameCosts, match.MentionCosts}).Draw(t, "costs")
		q := name.Analyse(drawName(t, "query", 4), kind).Positions
		l := name.Analyse(drawName(t, "listed", 4), kind).Positions
		n, d := oracle(q, l, costs)
		var s match.Scorer
		for _, theta := range []int{0, 550, 700, 850, 950, 1000} {
			r, _ := s.Score(q, l, costs, theta)
			base := 1000*n >= int64(theta)*d
			if r.D == 0 {
				if base {
					t.Fatalf("at %d: got nothing, want %d/%d", theta, n, d)
				}
				continue
			}
			if r.N*d != n*r.D {
				t.Fatalf("at %d: got %d/%d, want %d/%d", theta, r.N, r.D, n, d)
			}
		}
	})
}

func TestLongNamesWithoutJoinsReachTheSameMaximum(t *testing.T) {
	// The Hungarian method and the dynamic programme must agree wherever both
	// apply: a short name against itself within a long one.
	rapid.Check(t, func(t *rapid.T) {
		pool := []string{"alpha", "alpho", "bravo", "bravos", "delta", "dalta", "omega", "sigma", "sigmas", "kappa"}
		side := func(label string) []name.Position {
			w := rapid.SliceOfN(rapid.SampledFrom(pool), 14, 30).Draw(t, label)
			return name.Analyse(strings.Join(w, " "), name.AsPerson).Positions
		}
		q, l := side("query"), side("listed")
		var s match.Scorer
		r, ok := s.Score(q, l, match.NameCosts, 0)
		if !ok {
			t.Fatal("no score at threshold 0")
		}
		usedQ, usedL := map[uint8]bool{}, map[uint8]bool{}
		for _, e := range r.Edges {
			if usedQ[e.Q] || usedL[e.L] {
				t.Fatalf("a position is used twice: %v", r.Edges)
			}
			usedQ[e.Q], usedL[e.L] = true, true
		}
		// No exchange of two edges, and no single edge, improves the result.
		for i := range r.Edges {
			for j := range r.Edges {
				if better(q, l, r, i, j) {
					t.Fatalf("exchanging edges %d and %d improves %d/%d", i, j, r.N, r.D)
				}
			}
		}
	})
}

func better(q, l []name.Position, r match.Result, i, j int) bool {
	a, b := r.Edges[i], r.Edges[j]
	if a.W != b.W {
		return false
	}
	_, ab := match.RelatePositions(q[a.Q].Alts, l[b.L].Alts)
	_, ba := match.RelatePositions(q[b.Q].Alts, l[a.L].Alts)
	return ab > 0 && ba > 0 && i != j && ab+ba > int(a.S+b.S)
}

func TestANameIsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := name.Kind(rapid.IntRange(0, 1).Draw(t, "kind"))
		p := name.Analyse(drawName(t, "name", 8), kind).Positions
		var s match.Scorer
		r, ok := s.Score(p, p, match.NameCosts, 1000)
		if !ok || r.Points() != 10000 {
			t.Fatalf("score of a name with itself: %d, %v", r.Points(), ok)
		}
	})
}

func TestRelationsAreSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := name.Analyse(drawName(t, "a", 1), name.AsPerson).Positions[0].Alts
		b := name.Analyse(drawName(t, "b", 1), name.AsPerson).Positions[0].Alts
		r1, s1 := match.RelatePositions(a, b)
		r2, s2 := match.RelatePositions(b, a)
		if r1 != r2 || s1 != s2 {
			t.Fatalf("%v %d against %v %d", r1, s1, r2, s2)
		}
	})
}

func TestOrderOfWordsDoesNotMatter(t *testing.T) {
	var s match.Scorer
	q := name.Analyse("Saddam Hussein Tikriti", name.AsPerson).Positions
	for _, other := range []string{"Tikriti Saddam Hussein", "Hussein Tikriti, Saddam"} {
		r, ok := s.Score(q, name.Analyse(other, name.AsPerson).Positions, match.NameCosts, 1000)
		if !ok {
			t.Errorf("%q: %d", other, r.Points())
		}
	}
}

func TestPartsOfAnExplanationAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		qs, ls := drawName(t, "query", 5), drawName(t, "listed", 5)
		q, l := name.Analyse(qs, name.AsPerson).Positions, name.Analyse(ls, name.AsPerson).Positions
		var s match.Scorer
		r, ok := s.Score(q, l, match.NameCosts, 1)
		if !ok {
			t.Skip("nothing in common")
		}
		x := match.Explain(r, qs, q, ls, l)
		gain, loss := 0, x.Contradiction
		for _, p := range x.Pairs {
			gain, loss = gain+p.Gain, loss+p.Loss
		}
		for _, w := range append(x.QueryLeft, x.ListedLeft...) {
			loss += w.Loss
		}
		if gain != x.Base || gain+loss != 10000 {
			t.Fatalf("gains %d, base %d, losses %d", gain, x.Base, loss)
		}
		if len(x.Factors) == 0 && x.Base != x.Score {
			t.Fatalf("base %d, score %d without a factor", x.Base, x.Score)
		}
	})
}

func TestScores(t *testing.T) {
	tests := []struct {
		rule     string
		a, b     string
		kind     name.Kind
		from, to int // points
	}{
		{"compound names are one however written", "Abd al-Rahman", "Abdurrahman", name.AsPerson, 10000, 10000},
		{"original script meets its spelling", "Saddam Hussein", "صدام حسين", name.AsPerson, 9700, 10000},
		{"standards of romanisation meet", "Khrushchev", "Хрущёв", name.AsPerson, 9000, 10000},
		{"one letter differs", "Volkswagon", "Volkswagen", name.AsOrganisation, 8500, 9600},
		{"glued words meet", "Abubakr Khan", "Abu Bakr Khan", name.AsPerson, 9000, 10000},
		{"a different brigade is a different brigade", "44th Brigade", "45th Brigade", name.AsOrganisation, 0, 4000},
		{"translated legal forms meet", "ООО Ромашка", "Romashka LLC", name.AsOrganisation, 9900, 10000},
		{"same given name only is not a hit", "Maria Petrova", "Maria Gonzalez", name.AsPerson, 0, 6000},
		{"the order of fathers counts", "Ali bin Hasan", "Hasan bin Ali", name.AsPerson, 8500, 8500},
		{"an oil company is no gas company", "Saudi Arabian Gas Company", "Saudi Arabian Oil Company", name.AsOrganisation, 6000, 6999},
		{"a company with limits is another than a company of shares", "Deutsche Bank AG", "Deutsche Bank GmbH", name.AsOrganisation, 6000, 6999},
		{"a letter of a vessel's name is no family name", "Emily Sullivan", "Emily S", name.AsOrganisation, 4000, 6000},
		{"a letter before the rest of one may be short for a word", "N. Harbour Trading Company Limited", "Northern Harbour Trading Company Limited", name.AsOrganisation, 7000, 9500},
		{"a letter of a person's name may be one", "Emily Sullivan", "Emily S", name.AsPerson, 7500, 9000},
		{"two common words of four", "Juan Sanchez", "MONTOYA SANCHEZ, Juan Carlos", name.AsPerson, 5500, 6999},
		{"two rarer words of four", "Osama Zawahiri", "AWAD ZAWAHIRI, Osama Mahmud", name.AsPerson, 7000, 9500},
		{"forms and trades of an organisation are no missing words", "Mohamed Ali", "Mohamed Ali Trading Company Ltd", name.AsOrganisation, 7000, 9500},
		{"some consonants of a word across scripts", "فاخر الراشد", "FETTAR, Rachid", name.AsPerson, 4500, 6999},
		{"a slip between two names in one script", "محنود تهرانی", "محمود تهرانی", name.AsPerson, 8500, 9500},
		{"nothing in common", "Ivan Petrov", "Xu Wei", name.AsPerson, 0, 0},
		{"an initial stands for a word", "J Smith", "John Smith", name.AsPerson, 8000, 9800},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			q, l := name.Analyse(tt.a, tt.kind), name.Analyse(tt.b, tt.kind)
			var s match.Scorer
			r, _ := s.Score(q.Positions, l.Positions, match.NameCosts, 0)
			if p := r.Points(); p < tt.from || p > tt.to {
				t.Errorf("%q against %q: %d, want %d to %d; %s", tt.a, tt.b, p, tt.from, tt.to, fmt.Sprint(r.Edges))
			}
		})
	}
}
