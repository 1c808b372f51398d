package trial_test

import (
	"fmt"
	"strings"
	"testing"

	"interdict/internal/screen"
	"interdict/internal/trial"
)

func TestAThresholdSaysWhatItFindsAndCosts(t *testing.T) {
	// Given a register of two lists and a book in which one customer resembles somebody listed,
	o := options()
	// when thresholds are measured,
	r, err := trial.MeasureThresholds(t.Context(), engineOf(t, listA, listB), o)
	if err != nil {
		t.Fatal(err)
	}
	// then a higher one never finds more, and one of each kind is the shipped one;
	for what, steps := range map[string][]trial.Step{"names": r.Names, "mentions": r.Mentions} {
		shipped := 0
		for i, s := range steps {
			if s.Shipped {
				shipped++
			}
			if s.Found.Of == 0 || s.Alerts.Of == 0 {
				t.Errorf("%s at %d: asked %d names and %d customers", what, s.Threshold, s.Found.Of, s.Alerts.Of)
			}
			if i > 0 && (s.Threshold <= steps[i-1].Threshold || s.Found.Count > steps[i-1].Found.Count || s.Alerts.Count > steps[i-1].Alerts.Count) {
				t.Errorf("%s: %+v comes after %+v", what, s, steps[i-1])
			}
		}
		if shipped != 1 {
			t.Errorf("%s: %d steps are shipped", what, shipped)
		}
	}
	// the bands add up to the shipped threshold;
	var alerts int
	for _, b := range r.Bands {
		alerts += b.Alerts.Count
	}
	for _, s := range r.Names {
		if last := r.Bands[len(r.Bands)-1]; s.Shipped && (last.Found.Count != s.Found.Count || alerts != s.Alerts.Count) {
			t.Errorf("all bands hold %d changed names and %d alerts, the threshold %d and %d", last.Found.Count, alerts, s.Found.Count, s.Alerts.Count)
		}
	}
	// and the sentences say the very figures.
	said := strings.Join(r.Words, "\n")
	for _, s := range r.Names {
		if want := fmt.Sprintf("of 1,000 customers who are not listed %.1f bring an alert", 1000*s.Alerts.Share); s.Threshold == screen.DefaultThreshold && !strings.Contains(said, want) {
			t.Errorf("the sentences lack %q:\n%s", want, said)
		}
	}
	for _, want := range []string{"A mention in a text is a hit from 0.8500", "One step down, 0.6500, finds", "One step up, 0.7500, loses", "The weak band holds"} {
		if !strings.Contains(said, want) {
			t.Errorf("the sentences lack %q:\n%s", want, said)
		}
	}
}
