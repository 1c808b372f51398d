package mutate_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"interdict/internal/mutate"
)

var crowdWords = strings.Fields("james mary ali muhammad maria fatima john david anna omar garcia smith wang khan ahmad")

func TestCrowdFollowsFromItsSeed(t *testing.T) {
	w, again := mutate.NewCrowd(1, crowdWords), mutate.NewCrowd(1, crowdWords)
	sum := sha256.New()
	for i := range 2000 {
		f := w.Figure(i)
		fmt.Fprintf(sum, "%+v\n", f)
		if i%10 == 0 && !slices.Equal(again.Figure(i).Names, f.Names) {
			t.Fatalf("figure %d differs when others were not drawn before", i)
		}
	}
	const want = "95736abde4a02926ab45ae9f831db732ac11289d134a94a8bede902d8334ddf9"
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		t.Errorf("the first 2,000 of the crowd hash to %s, not %s", got, want)
	}
	if slices.Equal(w.Figure(0).Names, mutate.NewCrowd(2, crowdWords).Figure(0).Names) {
		t.Error("another seed gives the same figure")
	}
}

func TestCrowdIsMadeAsRegistersAre(t *testing.T) {
	w := mutate.NewCrowd(1, crowdWords)
	const figures = 20000
	words, cultures, names, organisations := map[string]int{}, map[string]int{}, 0, 0
	for i := range figures {
		f := w.Figure(i)
		cultures[f.Culture]++
		if f.Organisation {
			organisations++
		}
		names += len(f.Names)
		for _, n := range f.Names {
			if strings.TrimSpace(n) == "" {
				t.Errorf("figure %d has an empty name", i)
			}
			for _, word := range strings.Fields(n) {
				words[word]++
			}
		}
	}
	once := 0
	for _, n := range words {
		if n == 1 {
			once++
		}
	}
	if mean := float64(names) / figures; mean < 4 || mean > 5.5 {
		t.Errorf("%.2f names a figure", mean)
	}
	if share := float64(organisations) / figures; share < .1 || share > .25 {
		t.Errorf("%.2f of them are organisations", share)
	}
	if len(cultures) != len(mutate.Cultures()) {
		t.Errorf("%d of %d cultures", len(cultures), len(mutate.Cultures()))
	}
	if words["Mohammed"] < figures/100 || float64(once) < .4*float64(len(words)) {
		t.Errorf("the words are not as rare and as common as in lists: Mohammed %d times, %d of %d once", words["Mohammed"], once, len(words))
	}
}
