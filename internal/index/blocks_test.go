package index

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"interdict/internal/name"
)

// longText is a text of many blocks, each of which names a listed person.
func longText(t *testing.T) (*part, []string) {
	t.Helper()
	var subjects []Subject
	var all []string
	for i := range 40 {
		listed := fmt.Sprintf("Karimov%c Zhaksy%c", 'a'+i%20, 'b'+i/20)
		subjects = append(subjects, Subject{ID: fmt.Sprintf("s%02d", i), Kinds: []name.Kind{name.AsPerson}, Names: []string{listed}})
		all = append(all, strings.Repeat("nothing is said in this sentence of anybody. ", 50)+"They met "+listed+" there.\n\n")
	}
	seg, err := Build(subjects)
	if err != nil {
		t.Fatal(err)
	}
	return New(seg).parts[0], all
}

// Given a text that is long enough for several cores, when it is scanned, then what
// is found is what each block by itself has, at its place.
func TestALongTextIsReadByAllCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	p, all := longText(t)
	at := func(m Mention, by int) string {
		return fmt.Sprintf("%6d %6d %s %d/%d %d", m.Start+by, m.End+by, m.Subject, m.Result.N, m.Result.D, m.Words[0].Start+by)
	}
	text := strings.Join(all, "")
	var want, got []string
	start := 0
	for _, b := range all {
		for _, m := range p.mentions(b, 850, (*scanner).scan, len(text)) {
			want = append(want, at(m, start))
		}
		start += len(b)
	}
	for _, m := range p.mentions(text, 850, (*scanner).scan, len(text)/6) {
		got = append(got, at(m, 0))
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(got) < len(all) || !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// Given a fault in reading one block, when a text is scanned, then it is the fault of
// whoever asked: a server catches what one request broke.
func TestAFaultInABlockIsTheCallers(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	p, all := longText(t)
	text := strings.Join(all, "")
	for _, broken := range all {
		func() {
			defer func() {
				if x := recover(); x == nil || !strings.Contains(fmt.Sprint(x), "not this block") {
					t.Errorf("recovered %v", x)
				}
			}()
			p.mentions(text, 850, func(_ *scanner, block string, _ []name.Position, _ name.Kind, _ func(span)) {
				if strings.TrimSpace(block) == strings.TrimSpace(broken) {
					panic("not this block")
				}
			}, len(text)/6)
		}()
	}
	if n := p.reading.Load(); n != 0 {
		t.Errorf("%d read texts when all have ended", n)
	}
}
