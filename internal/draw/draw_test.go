package draw_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/date"
	"interdict/internal/draw"
)

var update = flag.Bool("update", false, "write the golden drawings anew")

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 9, 0, 0, 0, time.UTC) }

func frame(id string, rtl bool) draw.Frame {
	if rtl {
		return draw.Frame{ID: id, Title: "رسم بياني", About: "وصف الرسم البياني", RTL: true}
	}
	return draw.Frame{ID: id, Title: "A drawing", About: "What it shows."}
}

// scene is one drawing, for a page read from left to right or from right to left.
var scenes = []struct {
	name string
	draw func(rtl bool) string
}{
	{"bars", func(rtl bool) string {
		return draw.Bars(frame("bars", rtl), []draw.Bar{
			{Label: pick(rtl, "Own motion", "بمبادرة ذاتية"), Value: 12},
			{Label: pick(rtl, "Request of another state, which had to be determined promptly under its law", "طلب من دولة أخرى"), Value: 5},
			{Label: "Комиссия & <другие>", Value: 0},
			{Label: "安全理事会", Value: 7, Text: "7 of 24"},
		})
	}},
	{"groups", func(rtl bool) string {
		groups := []draw.Group{}
		for i, q := range []string{"2026 Q1", "2026 Q2", "2026 Q3"} {
			groups = append(groups, draw.Group{Label: q, Bars: []draw.Bar{{Value: float64(3 + i)}, {Value: float64(i * 2)}, {Value: 1.5}}})
		}
		return draw.GroupedBars(frame("groups", rtl), []string{pick(rtl, "granted", "مقبول"), pick(rtl, "refused", "مرفوض"), pick(rtl, "refused by silence", "مرفوض ضمنيا")}, groups)
	}},
	{"reliability", func(rtl bool) string {
		return draw.Reliability(frame("reliability", rtl), pick(rtl, "foretold", "المتوقع"), pick(rtl, "found", "الواقع"), []draw.Foretelling{
			{Name: pick(rtl, "as it stands", "كما هو"), Points: []draw.Outcome{{.05, .02, 0, .1, ".05, .02"}, {.5, .3, .2, .42, ".50, .30"}, {.97, 1, .9, 1, ".97, 1"}}},
			{Name: "Platt", Points: []draw.Outcome{{.2, .25, .1, .4, ".20, .25"}, {1.2, -.1, -1, 2, "out of bounds"}}},
		})
	}},
	{"clocks", func(rtl bool) string {
		return draw.Intervals(frame("clocks", rtl), day(2026, 11, 28), []draw.Interval{
			{Label: pick(rtl, "Request to the Central Bank", "طلب إلى البنك المركزي"), Note: pick(rtl, "answered in time", "في الموعد"), Started: day(2026, 11, 1), Due: day(2026, 11, 15), Done: day(2026, 11, 9)},
			{Label: pick(rtl, "Request to the Prosecutor General, about accounts of the two charities named in it", "طلب إلى النيابة العامة"), Note: pick(rtl, "4 days late", "متأخر ٤ أيام"), Started: day(2026, 11, 2), Due: day(2026, 11, 12), Done: day(2026, 11, 16)},
			{Label: pick(rtl, "Petition for delisting", "التماس رفع من القائمة"), Note: pick(rtl, "3 days late", "متأخر ٣ أيام"), Started: day(2026, 10, 25), Due: day(2026, 11, 25), Href: "/petitions/P1"},
			{Label: pick(rtl, "Review", "مراجعة"), Note: pick(rtl, "17 days left", "بقي ١٧ يوما"), Started: day(2026, 11, 10), Due: day(2026, 12, 15)},
		})
	}},
	{"timeline", func(rtl bool) string {
		return draw.Timeline(frame("timeline", rtl), []draw.Dated{
			{When: date.InYear(1999), Said: "1999", Label: pick(rtl, "Founded as a charity", "تأسست كجمعية خيرية"), Class: "fact"},
			{When: circa(date.InYear(2004)), Said: "circa 2004", Label: "Объединение одиннадцати групп", Class: "assessment"},
			{When: date.Between(date.InYear(2010), date.InYear(2012)), Said: "2010–2012", Label: pick(rtl, "Transfers through the exchange house, said by one witness and not confirmed by any paper that was seen", "تحويلات"), Class: "hearsay"},
			{When: date.InMonth(2014, 12), Said: "2014-12", Label: "قائمة المحكمة العليا", Class: "fact"},
			{When: date.OnDay(2015, 11, 18), Said: "2015-11-18", Label: pick(rtl, "The commission is formed", "تشكيل اللجنة"), Class: "fact", Href: "#e5"},
			{When: date.Partial{Text: "before the war"}, Said: "“before the war”", Label: pick(rtl, "Married in Aleppo", "تزوج في حلب"), Class: "hearsay"},
		})
	}},
	{"graph", func(rtl bool) string { return draw.Graph(frame("graph", rtl), caseNodes(), caseLinks(rtl)) }},
	{"graph-pair", func(rtl bool) string {
		return draw.Graph(frame("pair", rtl), caseNodes()[:2], []draw.Link{
			{From: "d", To: "o", Label: pick(rtl, "about", "بشأن"), Certainty: draw.Confirmed}, {From: "o", To: "d", Label: pick(rtl, "answers", "يجيب"), Certainty: draw.Possible}, {From: "o", To: "o", Label: pick(rtl, "renamed", "أعيدت تسميته")},
		})
	}},
	{"graph-large", func(rtl bool) string {
		nodes, links := town(60)
		return draw.Graph(frame("large", rtl), nodes, links)
	}},
}

func pick(rtl bool, left, right string) string {
	if rtl {
		return right
	}
	return left
}

func circa(p date.Partial) date.Partial {
	p.Circa = true
	return p
}

func caseNodes() []draw.Node {
	return []draw.Node{
		{ID: "d", Kind: draw.Dossier, Label: "Dossier D-7", Note: "submitted", Href: "/dossiers/D7", Focus: true},
		{ID: "o", Kind: draw.Organisation, Label: "الدولة الإسلامية في العراق والشام", Note: "al-dawla al-islamiya", Href: "/register/s1"},
		{ID: "p1", Kind: draw.Person, Label: "Ибрагим Аввад Ибрагим Али аль-Бадри", Href: "/register/s2"},
		{ID: "p2", Kind: draw.Person, Label: "王小明", Note: "Wáng Xiǎomíng"},
		{ID: "v", Kind: draw.Vessel, Label: "Adrian Darya 1", Note: "IMO 9116412"},
		{ID: "w", Kind: draw.Wallet, Label: "149w62rY42aZBox8fGcmqNsXUzSStKeq8C"},
		{ID: "a", Kind: draw.Account, Label: "DE89 3704 0044 0532 0130 00"},
		{ID: "m", Kind: draw.Material, Label: "Transfers", Note: "Central Bank", Href: "/materials/M1"},
		{ID: "f", Kind: draw.Aircraft, Label: "EP-GOM"},
		{ID: "x", Kind: draw.Organisation, Label: "Nobody knows this one & <co>"},
		{ID: "y", Kind: "unheard", Label: "A thing of no kind", Href: "javascript:alert(1)"},
	}
}

func caseLinks(rtl bool) []draw.Link {
	return []draw.Link{
		{From: "d", To: "o", Label: pick(rtl, "subject", "موضوع"), Certainty: draw.Confirmed, Said: "confirmed"},
		{From: "p1", To: "o", Label: pick(rtl, "directs", "يدير"), Certainty: draw.Confirmed},
		{From: "p2", To: "o", Label: pick(rtl, "acts for", "ينوب عن"), Certainty: draw.Probable, Said: "probable"},
		{From: "p1", To: "p2", Label: pick(rtl, "associate", "شريك"), Certainty: draw.Possible, Said: "possible"},
		{From: "p2", To: "w", Label: pick(rtl, "controls", "يتحكم في"), Certainty: draw.Probable},
		{From: "o", To: "v", Label: pick(rtl, "owns through two companies", "يملك عبر شركتين"), Certainty: draw.Possible},
		{From: "m", To: "a", Label: pick(rtl, "states", "يذكر"), Certainty: draw.Confirmed},
		{From: "d", To: "m", Label: pick(rtl, "rests on", "يستند إلى"), Certainty: draw.Confirmed},
		{From: "a", To: "p2", Label: pick(rtl, "held by", "صاحبه"), Certainty: draw.Confirmed},
		{From: "v", To: "f", Certainty: draw.Possible},
		{From: "d", To: "gone", Label: "to nothing"},
	}
}

// town is a graph of n nodes: a middle with many neighbours, some with their own.
func town(n int) ([]draw.Node, []draw.Link) {
	kinds := []draw.Kind{draw.Person, draw.Organisation, draw.Account, draw.Vessel, draw.Wallet, draw.Material}
	var nodes []draw.Node
	var links []draw.Link
	for i := range n {
		nodes = append(nodes, draw.Node{ID: fmt.Sprint(i), Kind: kinds[i%len(kinds)], Label: fmt.Sprintf("Name number %d", i), Focus: i == 0})
		if i == 0 {
			continue
		}
		to := i / 4
		if i%3 == 0 {
			to = 0
		}
		links = append(links, draw.Link{From: fmt.Sprint(i), To: fmt.Sprint(to), Label: []string{"owns", "acts for", "holds"}[i%3], Certainty: draw.Probable})
		if i%17 == 0 {
			links = append(links, draw.Link{From: fmt.Sprint(i), To: fmt.Sprint(i * 5 % n), Label: "met", Certainty: draw.Possible})
		}
	}
	return nodes, links
}

func TestDrawingsAreWhatTheyWere(t *testing.T) {
	for _, s := range scenes {
		for _, side := range []string{"ltr", "rtl"} {
			name := s.name + "-" + side
			t.Run(name, func(t *testing.T) {
				got := s.draw(side == "rtl")
				if again := s.draw(side == "rtl"); again != got {
					t.Fatal("the same input gave another drawing")
				}
				sound(t, got)
				file := filepath.Join("testdata", name+".svg")
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil || string(want) != got {
					t.Errorf("%s differs (%v): look at both, then run: go test ./internal/draw -update", file, err)
				}
			})
		}
	}
}

type failing interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}

// sound fails the test unless a drawing is XML that holds no style, script, colour
// or address that may not be followed, and draws nothing outside of its view.
func sound(t failing, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	var w, h float64
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%s", err, svg)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if e.Name.Local == "style" || e.Name.Local == "script" {
			t.Errorf("a %s in a drawing", e.Name.Local)
		}
		at := map[string]float64{}
		for _, a := range e.Attr {
			v := 0.0
			fmt.Sscan(a.Value, &v)
			at[a.Name.Local] = v
			switch {
			case a.Name.Local == "viewBox":
				fmt.Sscanf(a.Value, "0 0 %f %f", &w, &h)
			case a.Name.Local == "style", strings.HasPrefix(a.Name.Local, "on"), a.Name.Local == "stroke", a.Name.Local == "fill" && a.Value != "none":
				t.Errorf("%s has %s=%q", e.Name.Local, a.Name.Local, a.Value)
			case a.Name.Local == "href" && strings.Contains(a.Value, "script:"):
				t.Errorf("an address %q", a.Value)
			case strings.Contains(a.Value, "NaN"), strings.Contains(a.Value, "Inf"):
				t.Errorf("%s has %s=%q", e.Name.Local, a.Name.Local, a.Value)
			}
		}
		inside(t, e.Name.Local, at, w, h)
	}
}

func inside(t failing, name string, at map[string]float64, w, h float64) {
	t.Helper()
	const slack = .11
	out := false
	switch name {
	case "rect":
		out = at["x"] < -slack || at["x"]+at["width"] > w+slack || at["y"] < -slack || at["y"]+at["height"] > h+slack
	case "text":
		out = at["x"] < -slack || at["x"] > w+slack || at["y"] < -slack || at["y"] > h+slack
	case "circle":
		out = at["cx"] < -slack || at["cx"] > w+slack || at["cy"] < -slack || at["cy"] > h+slack
	case "line":
		out = min(at["x1"], at["x2"]) < -slack || max(at["x1"], at["x2"]) > w+slack || max(at["y1"], at["y2"]) > h+slack
	}
	if out {
		t.Errorf("%s %v lies outside of %v × %v", name, at, w, h)
	}
}

// Whatever it is given, a drawing is sound and loses no text.
func TestAnyDrawingIsSound(t *testing.T) {
	label := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "<b>", "الدولة", "王小明 & co", strings.Repeat("long ", 40), strings.Repeat("x", 200)}))
	rapid.Check(t, func(t *rapid.T) {
		f := draw.Frame{ID: label.Draw(t, "id"), Title: label.Draw(t, "title"), About: label.Draw(t, "about"), RTL: rapid.Bool().Draw(t, "rtl")}
		values := rapid.SliceOfN(rapid.Float64(), 0, 12).Draw(t, "values")
		var bars []draw.Bar
		for _, v := range values {
			bars = append(bars, draw.Bar{Label: label.Draw(t, "label"), Value: v, Text: "v"})
		}
		sound(t, draw.Bars(f, bars))
		n := rapid.IntRange(0, 25).Draw(t, "nodes")
		var nodes []draw.Node
		for i := range n {
			nodes = append(nodes, draw.Node{ID: fmt.Sprint(i), Label: label.Draw(t, "node"), Note: label.Draw(t, "note"), Href: label.Draw(t, "href"), Focus: rapid.Bool().Draw(t, "focus")})
		}
		var links []draw.Link
		for range rapid.IntRange(0, 40).Draw(t, "links") {
			links = append(links, draw.Link{From: fmt.Sprint(rapid.IntRange(0, 26).Draw(t, "from")), To: fmt.Sprint(rapid.IntRange(0, 26).Draw(t, "to")), Label: label.Draw(t, "tie")})
		}
		svg := draw.Graph(f, nodes, links)
		sound(t, svg)
		if got := strings.Count(svg, `class="box"`); got != n {
			t.Fatalf("%d boxes for %d nodes", got, n)
		}
	})
}

// Nodes never cover one another, however a case is linked.
func TestNodesStandApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "nodes")
		var nodes []draw.Node
		var links []draw.Link
		for i := range n {
			nodes = append(nodes, draw.Node{ID: fmt.Sprint(i), Label: strings.Repeat("name ", rapid.IntRange(1, 12).Draw(t, "long"))})
		}
		for range rapid.IntRange(0, 90).Draw(t, "links") {
			links = append(links, draw.Link{From: fmt.Sprint(rapid.IntRange(0, n-1).Draw(t, "from")), To: fmt.Sprint(rapid.IntRange(0, n-1).Draw(t, "to"))})
		}
		var boxes [][4]float64
		for _, line := range strings.Split(draw.Graph(draw.Frame{ID: "g"}, nodes, links), "\n") {
			var x, y, w, h float64
			if k, _ := fmt.Sscanf(line, `<rect class="box" x="%f" y="%f" width="%f" height="%f"`, &x, &y, &w, &h); k == 4 {
				boxes = append(boxes, [4]float64{x, y, x + w, y + h})
			}
		}
		if len(boxes) != n {
			t.Fatalf("%d boxes for %d nodes", len(boxes), n)
		}
		for i, a := range boxes {
			for _, b := range boxes[:i] {
				if min(a[2], b[2])-max(a[0], b[0]) > .2 && min(a[3], b[3])-max(a[1], b[1]) > .2 {
					t.Fatalf("%v covers %v", a, b)
				}
			}
		}
	})
}

func BenchmarkGraph(b *testing.B) {
	for _, n := range []int{20, 100, 300} {
		nodes, links := town(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				draw.Graph(draw.Frame{ID: "g"}, nodes, links)
			}
		})
	}
}
