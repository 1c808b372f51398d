package screen

import (
	"fmt"
	"strings"
)

// Cost is what a threshold of names costs and finds, as measured on five public
// lists; docs/quality.md has the commands, the intervals and the steps between.
type Cost struct {
	Threshold int    // 1/1000
	Alerts    string // for 1,000 customers who are not listed
	Found     string // of 1,000 listed names with a slight change
}

// Costs are the costs of some thresholds, the lowest first.
func Costs() []Cost {
	return []Cost{
		{600, "18.3", "847"},
		{DefaultThreshold, "4.8", "822"},
		{800, "2.4", "749"},
		{900, "1.5", "627"},
	}
}

// CostWords says the costs in a sentence, for whoever sets a threshold.
func CostWords() string {
	var alerts, found, at []string
	for _, c := range Costs() {
		at = append(at, fmt.Sprintf(".%02d", c.Threshold/10))
		alerts, found = append(alerts, c.Alerts), append(found, c.Found)
	}
	return fmt.Sprintf("at %s about %s of 1,000 customers who are not listed bring an alert, and %s of 1,000 slightly changed listed names are found",
		strings.Join(at, ", "), strings.Join(alerts, ", "), strings.Join(found, ", "))
}
