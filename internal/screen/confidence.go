package screen

import (
	"slices"
	"strings"

	"interdict/internal/record"
)

// The confidence of a hit is the probability that subject and query are the
// same: logit p = cal(name score) + Σ b, in units of 1/1000, by integer tables
// so that it is the same on every machine (matching.md 5.5). Qualifiers never
// change the name score, and never make a hit where the name gives none.

// point is one corner of a monotone table of straight lines.
type point struct{ x, y int }

// calibration turns a name score (1/10000) into log-odds (1/1000): the curve
// that was fitted on the given labelled pairs (bench.Fit), rounded, and flatter
// above .95, where the pairs have no mismatch to learn from; bench calibration
// tries what comes of it. The first corner is where no name agrees at all (docs/answers.md).
var calibration = []point{{0, -6000}, {3000, -2000}, {5500, -1400}, {6700, -800}, {7300, 700}, {8100, 1250}, {8700, 2100}, {9500, 3600}, {10000, 4000}}

// sigmoid turns log-odds (1/1000) into a probability (1/10000).
var sigmoid = []point{
	{-8000, 3},
	{-6000, 25},
	{-5000, 67},
	{-4000, 180},
	{-3500, 293},
	{-3000, 474},
	{-2500, 759},
	{-2000, 1192},
	{-1500, 1824},
	{-1000, 2689},
	{-500, 3775},
	{0, 5000},
	{500, 6225},
	{1000, 7311},
	{1500, 8176},
	{2000, 8808},
	{2500, 9241},
	{3000, 9526},
	{3500, 9707},
	{4000, 9820},
	{5000, 9933},
	{6000, 9975},
	{8000, 9997},
}

// along reads a table between its corners; outside it stays at its ends.
func along(table []point, x int) int {
	if x <= table[0].x {
		return table[0].y
	}
	for i, p := range table[1:] {
		if x <= p.x {
			a := table[i]
			return a.y + (p.y-a.y)*(x-a.x)/(p.x-a.x)
		}
	}
	return table[len(table)-1].y
}

// Log-odds of qualifiers, 1/1000: each within fixed bounds, absent is 0.
const (
	bornSameDay     = 2500
	bornSameMonth   = 1600
	bornSameYear    = 1000
	bornOverlap     = 500
	bornFlipped     = 800  // day and month the other way round
	bornNear        = -300 // another day of the same year, or of the next
	bornElsewhen    = -2600
	countryAgrees   = 500
	countryDiffers  = -700
	genderAgrees    = 150
	genderDiffers   = -1800
	kindAgrees      = 200
	kindDiffers     = -2000
	commonWords     = -2800 // the rarest word that matches is common
	fewWords        = -900  // what matches tells little
	frequentWords   = -800  // the rarest word that matches is not rare
	manyWords       = 800   // several distinctive words match
	someConsonants  = -1500 // a word agrees in some of its consonants only
	fathersTurned   = -1800 // A son of B against B son of A
	madeAcronym     = -2000 // first letters of the words of a name
	sameIdentifier  = 6000
	alikeIdentifier = 3000 // but for O and 0, or I, l and 1
)

// qualify compares everything but the name.
func (q Query) qualify(c Card) []Qualifier {
	var out []Qualifier
	add := func(field, query, listed, says string, logit int) {
		out = append(out, Qualifier{field, query, listed, says, logit})
	}
	if b, ok := born(q.Born, c.Births); ok {
		out = append(out, b)
	}
	if mine := codes(q.Countries); len(mine) > 0 && len(c.Countries) > 0 {
		says, logit := "no country in common", countryDiffers
		if slices.ContainsFunc(mine, func(x string) bool { return slices.Contains(c.Countries, x) }) {
			says, logit = "a country in common", countryAgrees
		}
		add("country", strings.Join(mine, " "), strings.Join(c.Countries, " "), says, logit)
	}
	if mine := gender(q.Gender); mine != "" && len(c.Genders) == 1 {
		says, logit := "differs", genderDiffers
		if mine == c.Genders[0] {
			says, logit = "agrees", genderAgrees
		}
		add("gender", mine, c.Genders[0], says, logit)
	}
	if q.Kind != "" && q.Kind != record.Unknown && c.Schema != record.Unknown && c.Schema != "" {
		says, logit := "differs", kindDiffers
		if q.Kind == c.Schema {
			says, logit = "agrees", kindAgrees
		}
		add("schema", string(q.Kind), string(c.Schema), says, logit)
	}
	return out
}
