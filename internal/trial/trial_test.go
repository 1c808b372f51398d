package trial_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/bench"
	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/mutate"
	"interdict/internal/register"
	"interdict/internal/register/registertest"
	"interdict/internal/screen"
	"interdict/internal/trial"
)

var update = flag.Bool("update", false, "write the golden page anew")

const listA = `list 2026-11-01
1: ref A.1; name Karim Yusuf Hadda; alias Kareem Haddah; weak Abu Karim; born 1963-04-05; passport N1047503
2: ref A.2; name Сергей Павлович Дронов; alias Sergei Pavlovich Dronov; born 1971-12-30
3: ref A.3; organisation; name Northern Harbour Trading Company Limited
4: ref A.4; name عبد الرحمن صالح الحدادي; alias Abdulrahman Saleh Haddadi
`

const listB = `list 2026-11-02
1: ref B.1; name Joaquín Pérez Ibarra-Quintero; alias Joaquin Perez; born 1958-02-03
2: ref B.2; organisation; name 14th Brigade of the Eastern Front; alias Eastern Front; also a A.3
3: ref B.3; name Tran Van Duc; passport B7700142
`

// engineOf builds an engine on lists in the form of registertest, a, b and so on.
func engineOf(t *testing.T, lists ...string) *screen.Engine {
	t.Helper()
	state, at := register.NewState(), time.Unix(0, 0).UTC()
	var editions []register.Edition
	for i, text := range lists {
		e, err := register.Read(registertest.Source(string(rune('a'+i))), "", registertest.Input(text))
		if err != nil {
			t.Fatal(err)
		}
		if state, _, err = state.Take(nil, e, nil, at); err != nil {
			t.Fatal(err)
		}
		editions = append(editions, e)
	}
	snap, err := register.Build(state, editions)
	if err != nil {
		t.Fatal(err)
	}
	subjects, err := screen.Subjects(snap)
	if err != nil {
		t.Fatal(err)
	}
	seg, err := index.Build(subjects)
	if err != nil {
		t.Fatal(err)
	}
	return screen.New(index.New(seg), snap.ID, "")
}

func options() trial.Options {
	o := trial.Options{
		Seed: 1, Sample: 2, File: "customers.csv", At: time.Date(2026, 11, 28, 9, 30, 0, 0, time.UTC),
		Machine: bench.Machine{Processor: "a processor", System: "linux/amd64", Go: "go1.26", Cores: 2, GOMAXPROCS: 2},
	}
	for i, n := range mutate.Invent(5, 120) {
		o.Customers = append(o.Customers, book.Customer{Row: i + 2, Name: n.Name, Countries: []string{"DE"}})
	}
	o.Customers = append(o.Customers, book.Customer{Row: 122, Name: "Sergey Dronof", Births: []string{"1971"}})
	return o
}

func page(t *testing.T, p trial.Pack) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThePageOfTwoLists(t *testing.T) {
	p, err := trial.Run(t.Context(), engineOf(t, listA, listB), options())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Failure(); err != nil {
		t.Fatalf("%v: %+v %+v", err, p.SelfTest.Failures, p.Canaries.Failures)
	}
	p.Profile = "of this program"
	got := page(t, p)
	if *update {
		if err := os.WriteFile("testdata/validation.html", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/validation.html")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the page changed (-want +got); -update writes it anew:\n%s", diff)
	}
	for _, no := range []string{"<script", "href=\"http", "src=", "@import", "NaN", "%!"} {
		if strings.Contains(got, no) {
			t.Errorf("the page holds %q", no)
		}
	}
}

func TestTheSameSeedGivesTheSameFigures(t *testing.T) {
	e := engineOf(t, listA, listB)
	figures := func(seed uint64) string {
		o := options()
		o.Seed = seed
		p, err := trial.Run(t.Context(), e, o)
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back trial.Pack
		if err := json.Unmarshal(b, &struct {
			Recall *trial.Recall `json:"recall"`
		}{&back.Recall}); err != nil {
			t.Fatal(err)
		}
		if back.Recall.All != p.Recall.All || back.Recall.All.Found.Of < 300 {
			t.Errorf("asked %d, the file says %d", p.Recall.All.Found.Of, back.Recall.All.Found.Of)
		}
		return string(b)
	}
	one := figures(1)
	if one != figures(1) {
		t.Error("the same seed gave other figures")
	}
	if one == figures(2) {
		t.Error("another seed gave the same figures")
	}
}

func TestWhatMustNotBeFails(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Longname ", 65))
	for _, x := range []struct {
		name  string
		lists []string
		alter func([]trial.Canary) []trial.Canary
		says  []string // on the page
		none  []string
	}{
		{"nothing planted", []string{listA, listB}, nil, []string{"Nothing failed"}, []string{"What failed"}},
		{
			"a name above 64 words",
			[]string{listA + "9: ref A.9; name " + long + "\n"},
			nil,
			[]string{"3 times a listed name did not find its own entry", "A.9", "name, document, customer book", "65 words are more than a name has"},
			[]string{"a canary was not answered"},
		},
		{
			"a canary that is asked under another name",
			[]string{listA, listB},
			func(all []trial.Canary) []trial.Canary {
				i := slices.IndexFunc(all, func(c trial.Canary) bool { return c.Must })
				all[i].Asked = "Ottoline Brackenbury"
				return all
			},
			[]string{"4 times a canary was not answered as it must be", "Ottoline Brackenbury"},
			[]string{"did not find its own entry"},
		},
		{
			"a canary that is found where it must not",
			[]string{listA, listB},
			func(all []trial.Canary) []trial.Canary {
				i := slices.IndexFunc(all, func(c trial.Canary) bool { return !c.Must })
				all[i].Asked = all[i].Listed
				return all
			},
			[]string{"4 times a canary was not answered as it must be", "and is somebody else"},
			nil,
		},
	} {
		t.Run(x.name, func(t *testing.T) {
			alter := x.alter
			if alter == nil {
				alter = func(all []trial.Canary) []trial.Canary { return all }
			}
			o := options()
			o.Sample, o.Customers = 1, o.Customers[:5]
			p, err := trial.RunAltered(t.Context(), engineOf(t, x.lists...), o, alter)
			if err != nil {
				t.Fatal(err)
			}
			failure := p.Failure()
			if planted := x.name != "nothing planted"; planted != (failure != nil) || planted && fault.KindOf(failure) != fault.Internal {
				t.Fatalf("failure is %v", failure)
			}
			got := page(t, p)
			for _, s := range x.says {
				if !strings.Contains(got, s) {
					t.Errorf("the page does not say %q", s)
				}
			}
			for _, s := range x.none {
				if strings.Contains(got, s) {
					t.Errorf("the page says %q", s)
				}
			}
		})
	}
}

// What lies at the line is sorted by its score, and what is shown is counted.
func TestTheLine(t *testing.T) {
	p, err := trial.Run(t.Context(), engineOf(t, listA, listB), options())
	if err != nil {
		t.Fatal(err)
	}
	sampled := map[int]int{}
	above, below := 0, 0
	for i, s := range p.Line.Samples {
		if s.Number != i+1 || int(s.Score) < s.From || int(s.Score) >= s.From+400 {
			t.Errorf("pair %d has the score %v in the band from %d", s.Number, s.Score, s.From)
		}
		if s.Explanation == nil || s.Listed == "" || s.Customer == (s.Variant != "") {
			t.Errorf("pair %d is not whole: %+v", s.Number, s)
		}
		sampled[s.From]++
		if s.From < 10*screen.DefaultThreshold {
			below++
		} else {
			above++
		}
	}
	for _, b := range p.Line.Bands {
		if b.Sampled != sampled[b.From] || b.Sampled > b.Pairs || b.Same.Of > b.Pairs || b.Sampled < min(6, b.Pairs) {
			t.Errorf("band from %d: %+v, %d on the sheet", b.From, b, sampled[b.From])
		}
	}
	if len(p.Line.Bands) != 10 || above == 0 || below == 0 {
		t.Errorf("%d bands, %d pairs above and %d below", len(p.Line.Bands), above, below)
	}
}

func TestCanaries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lists := []string{"a", "b", "c", "d", "e", "f", "g", "h"}[:rapid.IntRange(1, 8).Draw(t, "lists")]
		all := trial.MadeCanaries(rapid.Uint64().Draw(t, "seed"), lists...)
		seen := map[string]bool{}
		for _, c := range all {
			for _, w := range strings.Fields(c.Listed) {
				seen[c.Subject+w] = true
			}
		}
		if len(seen) != 2*3*len(lists) {
			t.Fatalf("%d words for %d lists", len(seen), len(lists))
		}
		for _, c := range all {
			shared := 0
			for _, w := range strings.Fields(c.Asked) {
				for _, l := range strings.Fields(c.Listed) {
					if strings.EqualFold(w, l) {
						shared++
					}
				}
			}
			if c.Must != (shared == 2) || shared == 2 && len(strings.Fields(c.Asked)) != 2 {
				t.Fatalf("%+v shares %d words", c, shared)
			}
		}
	})
}

func TestAnEmptyRegister(t *testing.T) {
	_, err := trial.Run(t.Context(), engineOf(t), options())
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
}
