package bench_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/bench"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.0005 {
		t.Errorf("%s is %.4f, want %.4f", what, got, want)
	}
}

func TestWilsonInterval(t *testing.T) {
	cases := []struct {
		count, of       int
		share, low, top float64
	}{
		{8, 10, 0.8, 0.4902, 0.9433},
		{0, 10, 0, 0, 0.2775}, // z²/(n+z²) = 3.8415/13.8415
		{10, 10, 1, 0.7225, 1},
		{50, 100, 0.5, 0.4038, 0.5962},
		{0, 0, 0, 0, 1},
	}
	for _, c := range cases {
		s := bench.NewShare(c.count, c.of)
		near(t, "share", s.Share, c.share)
		near(t, "low end", s.Low, c.low)
		near(t, "high end", s.High, c.top)
	}
}

// five cases, by falling score: match, other, match, match, other.
var five = []bench.Scored{{Points: 9000, Match: true}, {Points: 8000}, {Points: 7000, Match: true}, {Points: 6000, Match: true}, {Points: 1000}}

func TestPrecisionRecallF1(t *testing.T) {
	o := bench.At(five, 7000)
	want := bench.Outcome{Threshold: 7000, TP: 2, FP: 1, FN: 1, TN: 1, Precision: 2. / 3, Recall: 2. / 3, F1: 2. / 3}
	if diff := cmp.Diff(want, o); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if o := bench.At(five[1:2], 7000); o.F1 != 0 || o.FP != 1 {
		t.Errorf("without a match: %+v", o)
	}
}

func TestBestThreshold(t *testing.T) {
	// At 6000: 3 true, 1 false, none missed: F1 = 6/7.
	o := bench.Best(five)
	if o.Threshold != 6000 || o.TP != 3 || o.FP != 1 {
		t.Errorf("%+v", o)
	}
	near(t, "F1", o.F1, 6./7)
}

func TestAveragePrecision(t *testing.T) {
	// 1/3·1/1 + 1/3·2/3 + 1/3·3/4
	near(t, "AP", bench.AveragePrecision(five), (1.+2./3+3./4)/3)
	// Equal scores count together: half of them are matches.
	tied := []bench.Scored{{Points: 5000, Match: true}, {Points: 5000}}
	near(t, "AP of a tie", bench.AveragePrecision(tied), 0.5)
	near(t, "AP without a match", bench.AveragePrecision(five[1:2]), 0)
}

func TestOrderOfCasesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) bench.Scored {
			return bench.Scored{Points: 1000 * rapid.IntRange(0, 10).Draw(t, "score"), Match: rapid.Bool().Draw(t, "match")}
		}), 1, 30).Draw(t, "cases")
		mixed := rapid.Permutation(cases).Draw(t, "mixed")
		if a, b := bench.AveragePrecision(cases), bench.AveragePrecision(mixed); math.Abs(a-b) > 1e-12 {
			t.Errorf("AP %v and %v", a, b)
		}
		if diff := cmp.Diff(bench.PAV(cases), bench.PAV(mixed)); diff != "" {
			t.Errorf("PAV (-one +other):\n%s", diff)
		}
		best := bench.Best(cases)
		for theta := 1; theta <= 10000; theta += 333 {
			if o := bench.At(cases, theta); o.F1 > best.F1 {
				t.Errorf("F1 %v at %d is better than the best, %v at %d", o.F1, theta, best.F1, best.Threshold)
			}
		}
	})
}

func TestPoolAdjacentViolators(t *testing.T) {
	// Shares by score: 0, 1, 0, 1, 1. The second and third violate: pooled 1/2.
	cases := []bench.Scored{{Points: 1000}, {Points: 2000, Match: true}, {Points: 3000}, {Points: 4000, Match: true}, {Points: 5000, Match: true}}
	want := []bench.Block{{Cases: 1, Matches: 0, Points: 1000}, {Cases: 2, Matches: 1, Points: 5000}, {Cases: 2, Matches: 2, Points: 9000}}
	if diff := cmp.Diff(want, bench.PAV(cases)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFitIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) bench.Scored {
			return bench.Scored{Points: rapid.IntRange(0, 10000).Draw(t, "score"), Match: rapid.Bool().Draw(t, "match")}
		}), 1, 80).Draw(t, "cases")
		corners := bench.Fit(cases)
		if len(corners) == 0 {
			t.Fatal("no table")
		}
		for i, c := range corners[1:] {
			if c.Points <= corners[i].Points || c.Logit < corners[i].Logit {
				t.Errorf("corner %d: %v behind %v", i+1, c, corners[i])
			}
		}
	})
}

func TestFitByHand(t *testing.T) {
	var cases []bench.Scored
	for i := range 10 {
		cases = append(cases, bench.Scored{Points: 2000, Match: i == 0}, bench.Scored{Points: 8000, Match: i != 0})
	}
	// ln(1.5/9.5) = -1.846
	want := []bench.Corner{{Points: 2000, Logit: -1846}, {Points: 8000, Logit: 1846}}
	if diff := cmp.Diff(want, bench.Fit(cases)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReliability(t *testing.T) {
	// Two at .95 of which one matches, two at .05 of which none does:
	// .45·2/4 + .05·2/4 = .25
	ece, bins := bench.Reliability([]float64{0.95, 0.95, 0.05, 0.05}, []bool{true, false, false, false})
	near(t, "ECE", ece, 0.25)
	if len(bins) != 2 || bins[0].Cases != 2 || bins[1].Found.Share != 0.5 {
		t.Errorf("%+v", bins)
	}
}
