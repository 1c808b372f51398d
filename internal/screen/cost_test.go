package screen_test

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"interdict/internal/screen"
)

// What is told beside a threshold is what docs/quality.md measured, rounded.
func TestCostsAreThoseOfTheDocumentation(t *testing.T) {
	b, err := os.ReadFile("../../docs/quality.md")
	if err != nil {
		t.Fatal(err)
	}
	row := func(section string, threshold, column int) float64 {
		_, text, ok := strings.Cut(string(b), section)
		if !ok {
			t.Fatalf("docs/quality.md has no %q", section)
		}
		line := regexp.MustCompile(fmt.Sprintf(`(?m)^\| \**\.%02d[^|]*\|.*$`, threshold/10)).FindString(text)
		cells := strings.Split(line, "|")
		if len(cells) <= column {
			t.Fatalf("%s: no row of .%02d", section, threshold/10)
		}
		f, err := strconv.ParseFloat(strings.Trim(cells[column], "* "), 64)
		if err != nil {
			t.Fatalf("%s: row %q: %v", section, line, err)
		}
		return f
	}
	for _, c := range screen.Costs() {
		if got, want := c.Alerts, fmt.Sprintf("%.1f", row("## False alerts", c.Threshold, 5)); got != want {
			t.Errorf("at %d: %s alerts, docs/quality.md says %s", c.Threshold, got, want)
		}
		if got, want := c.Found, fmt.Sprintf("%.0f", 1000*row("## Thresholds in plain words", c.Threshold, 2)); got != want {
			t.Errorf("at %d: %s found, docs/quality.md says %s", c.Threshold, got, want)
		}
	}
}
