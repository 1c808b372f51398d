package trial

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/bench"
	"interdict/internal/index"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Canary is a made entry and one question whose answer is known beforehand. It
// is put into a copy of the register, never into the register.
type Canary struct {
	List    string `json:"list"`
	Script  string `json:"script"`
	Subject string `json:"subject"`
	Listed  string `json:"listed"`
	Asked   string `json:"asked"`
	Way     string `json:"way"`
	Must    bool   `json:"must_be_found"` // else it must not be found
}

// Canaries is how the canaries were answered.
type Canaries struct {
	Planted  int             `json:"planted"`
	Asked    int             `json:"asked"`
	Rows     []CanaryRow     `json:"rows"`
	Examples []Canary        `json:"examples"` // of each way one
	Failures []CanaryFailure `json:"failures"`
}

// CanaryRow is one way of asking, through all channels.
type CanaryRow struct {
	Way   string      `json:"way"`
	Must  bool        `json:"must_be_found"`
	Right bench.Share `json:"answered_right"`
}

// CanaryFailure is a canary that was not answered as it must be.
type CanaryFailure struct {
	Canary
	Channel string `json:"channel"`
	Why     string `json:"why"`
}

// Ways of asking for a canary.
const (
	asListed  = "as listed"
	inCapital = "in capital letters"
	turned    = "family name first"
	neighbour = "same given name, another family name"
	stranger  = "both names others"
)

var canaryChannels = []string{asName, asBook, asDocument, asPayment}

// canaries makes for each list one entry in each script, with its questions.
func canaries(seed uint64, lists []ListCount) []Canary {
	coin := newCoined(seed)
	var out []Canary
	for _, l := range lists {
		for _, script := range []string{"Latn", "Cyrl", "Arab"} {
			given, family := coin.word(script), coin.word(script)
			c := Canary{List: l.List, Script: script, Subject: fmt.Sprintf("canary-%s-%s", l.List, script), Listed: given + " " + family}
			add := func(way, text string, must bool) {
				c.Way, c.Asked, c.Must = way, text, must
				out = append(out, c)
			}
			add(asListed, c.Listed, true)
			if capital := strings.ToUpper(c.Listed); capital != c.Listed {
				add(inCapital, capital, true)
			}
			add(turned, family+" "+given, true)
			add(neighbour, given+" "+coin.word(script), false)
			add(stranger, coin.word(script)+" "+coin.word(script), false)
		}
	}
	return out
}

func tryCanaries(ctx context.Context, r registered, seed uint64, alter func([]Canary) []Canary) (Canaries, error) {
	all := alter(canaries(seed, r.lists))
	copied, planted, err := plant(r.subjects, all)
	if err != nil {
		return Canaries{}, err
	}
	n := len(canaryChannels)
	whys := make([]string, len(all)*n)
	err = each(ctx, len(whys), func(i int) (err error) {
		whys[i], err = all[i/n].try(copied, channels[canaryChannels[i%n]])
		return err
	})
	out := Canaries{Planted: planted, Asked: len(whys), Failures: []CanaryFailure{}}
	for i, why := range whys {
		if why != "" {
			out.Failures = append(out.Failures, CanaryFailure{all[i/n], canaryChannels[i%n], why})
		}
	}
	out.tally(all, whys)
	return out, err
}

// plant builds a copy of the register that holds the canaries too.
func plant(subjects []register.Subject, all []Canary) (e *screen.Engine, planted int, err error) {
	copied := slices.Clone(subjects)
	seen := map[string]bool{}
	for _, c := range all {
		if seen[c.Subject] {
			continue
		}
		seen[c.Subject] = true
		copied = append(copied, register.Subject{
			ID: c.Subject, Kind: record.Person, Caption: c.Listed,
			Entries: []register.Entry{{ID: c.Subject, Record: record.Record{
				Source: c.List, Key: c.Subject,
				Subject:  record.Subject{Kind: record.Person, Names: []record.Name{{Full: c.Listed, Type: record.Primary, Quality: record.Strong}}},
				Listings: []record.Listing{{Reference: c.Subject}},
			}}},
		})
	}
	listed, err := screen.Subjects(register.Snapshot{Subjects: copied})
	if err != nil {
		return nil, 0, err
	}
	seg, err := index.Build(listed)
	if err != nil {
		return nil, 0, fmt.Errorf("building a copy of the register with the canaries: %w", err)
	}
	return screen.New(index.New(seg), "a copy with canaries", ""), len(seen), nil
}

// try returns what is wrong with the answer, "" if nothing is.
func (c Canary) try(e *screen.Engine, ask asking) (string, error) {
	r, err := ask(e, c.Asked)
	if err != nil {
		return "", err
	}
	h, found := r.best(c.Subject)
	switch {
	case r.reason != "":
		return r.reason, nil
	case c.Must && !found:
		return "not found", nil
	case c.Must && h.Band == screen.Weak:
		return "found in the weak band only", nil
	case !c.Must && found:
		return fmt.Sprintf("found with a score of %v, and is somebody else", h.Score), nil
	}
	return "", nil
}

func (k *Canaries) tally(all []Canary, whys []string) {
	for _, way := range []string{asListed, inCapital, turned, neighbour, stranger} {
		i := slices.IndexFunc(all, func(c Canary) bool { return c.Way == way })
		if i < 0 {
			continue
		}
		k.Examples = append(k.Examples, all[i])
		right, asked := 0, 0
		for j, why := range whys {
			if all[j/len(canaryChannels)].Way == way {
				asked++
				right += one(why == "")
			}
		}
		k.Rows = append(k.Rows, CanaryRow{way, all[i].Must, bench.NewShare(right, asked)})
	}
}
