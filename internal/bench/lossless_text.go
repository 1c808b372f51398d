package bench

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"interdict/internal/index"
	"interdict/internal/mutate"
)

// Every span of a text against every listed name is much work: texts are short,
// and each few are compared on a register of some subjects, drawn anew.
const (
	textSubjects = 40
	textsOfOne   = 5
	textPieces   = 6
)

func mentionThresholds() []int { return []int{index.LowestMention, 800, 850, 900, 1000} }

var textFillers = strings.Fields("the of and said president in , . ( ) \n \n\n a is of( the terrorist 44 general « » \" и в сказал от банк der von " + "-\n")

// compareScans compares scanning with scoring every span.
func compareScans(ctx context.Context, subjects []index.Subject, o LosslessOptions) ([]compared, error) {
	rounds := (o.Texts + textsOfOne - 1) / textsOfOne
	errs := make([]error, rounds)
	results := each(rounds, func() func(int) []compared {
		return func(i int) []compared {
			if errs[i] = stopped(ctx); errs[i] != nil {
				return nil
			}
			c := mutate.NewChance(mutate.NewChance(o.Seed+1).Next() + uint64(i))
			var out []compared
			out, errs[i] = scanRound(subjects, c, o, i*textsOfOne, min(textsOfOne, o.Texts-i*textsOfOne))
			return out
		}
	})
	return slices.Concat(results...), cmp.Or(errs...)
}

func scanRound(subjects []index.Subject, c *mutate.Chance, o LosslessOptions, from, n int) ([]compared, error) {
	var drawn []index.Subject
	for range textSubjects {
		s := mutate.Pick(c, subjects)
		if !slices.ContainsFunc(drawn, func(d index.Subject) bool { return d.ID == s.ID }) {
			drawn = append(drawn, s)
		}
	}
	seg, err := index.Build(drawn)
	if err != nil {
		return nil, fmt.Errorf("building a register of %d drawn subjects: %w", len(drawn), err)
	}
	ix := index.New(seg)
	a := newAsker(drawn, c.Next())
	var out []compared
	for k := range n {
		r, err := compareText(ix, makeText(c, a), o.Seed, from+k)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
		if o.Step != nil {
			o.Step()
		}
	}
	return out, nil
}

// makeText writes names, mutated or not, among other words.
func makeText(c *mutate.Chance, a *asker) string {
	var pieces []string
	for range 2 + c.N(textPieces) {
		pieces = append(pieces, a.ask(c.N(1<<20)).text)
		for range c.N(4) {
			pieces = append(pieces, mutate.Pick(c, textFillers))
		}
	}
	return strings.Join(pieces, " ")
}

func compareText(ix *index.Index, text string, seed uint64, number int) (compared, error) {
	out := compared{}
	for _, theta := range mentionThresholds() {
		found, err := ix.Scan(text, theta)
		if err != nil {
			return out, err
		}
		wanted, err := ix.ScanExhaustive(text, theta)
		if err != nil {
			return out, err
		}
		out.Cases++
		out.Hits += len(wanted)
		out.differText(found, wanted, Difference{Sort: "text", Query: text, Threshold: theta, Seed: seed, Number: number})
	}
	return out, nil
}

// differText compares mentions place by place.
func (out *compared) differText(found, wanted []index.Mention, d Difference) {
	places := map[[2]int][2][]index.Hit{}
	for side, mentions := range [2][]index.Mention{found, wanted} {
		for _, m := range mentions {
			p := places[[2]int{m.Start, m.End}]
			p[side] = append(p[side], m.Hit)
			places[[2]int{m.Start, m.End}] = p
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(places), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) {
		p := places[at]
		sortHits(p[0])
		sortHits(p[1])
		differ(p[0], p[1], func(what string, f, w index.Hit) {
			out.count(what)
			if out.first == nil {
				d.What, d.Subject, d.Name = what, cmp.Or(w.Subject, f.Subject), max(w.Name, f.Name)
				d.Search, d.Exhaustive = describe(f), describe(w)
				out.first = &d
			}
		})
	}
}
