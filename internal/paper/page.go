package paper

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// page is the content of one page.
type page struct {
	content bytes.Buffer
	fonts   map[string]bool // resources that it uses
}

// rule draws a thin line across.
func (p *page) rule(x, y, width float64) {
	fmt.Fprintf(&p.content, "0.5 w 0.6 G %s %s m %s %s l S\n", pt(x), pt(y), pt(x+width), pt(y))
}

// resources names what a page uses.
func (p *page) resources(numbers map[string]int) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(p.fonts)) {
		fmt.Fprintf(&b, "/%s %d 0 R ", name, numbers[name])
	}
	return "<< /Font << " + b.String() + ">> >>"
}
