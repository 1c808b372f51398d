package screen_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"interdict/internal/date"
	"interdict/internal/screen"
)

func TestBirths(t *testing.T) {
	for _, c := range []struct {
		query, listed []string
		says          string
		logit         int
	}{
		{[]string{"1957-03-10"}, []string{"1957-03-10"}, "the same day", 2500},
		{[]string{"1957-03-10"}, []string{"1957-10-03"}, "day and month the other way round", 800},
		{[]string{"1957-03"}, []string{"1957-03-10"}, "the same month", 1600},
		{[]string{"1957-03"}, []string{"1957-03"}, "the same month", 1600},
		{[]string{"1957"}, []string{"1957-03-10"}, "the same year", 1000},
		{[]string{"1957"}, []string{"1957"}, "the same year", 1000},
		{[]string{"1957-03-10"}, []string{"c. 1957-03-10"}, "can be the same", 500},
		{[]string{"1957"}, []string{"c. 1957"}, "can be the same", 500},
		{[]string{"1958"}, []string{"c. 1957"}, "can be the same", 500},
		{[]string{"c. 1957"}, []string{"c. 1959"}, "can be the same", 500},
		{[]string{"1957"}, []string{"1955-1960"}, "can be the same", 500},
		{[]string{"1955-1960"}, []string{"1960-1965"}, "can be the same", 500},
		{[]string{"1957-03-10"}, []string{"1957-04-10"}, "the same year, another day", -300},
		{[]string{"1957-03"}, []string{"1957-04-10"}, "the same year, another day", -300},
		{[]string{"1957-12-31"}, []string{"1958-01-01"}, "a year apart", -300},
		{[]string{"1957"}, []string{"1958"}, "a year apart", -300},
		{[]string{"1954"}, []string{"1955-1960"}, "a year apart", -300},
		{[]string{"1959"}, []string{"c. 1957"}, "cannot be the same", -2600},
		{[]string{"1957"}, []string{"1959"}, "cannot be the same", -2600},
		{[]string{"1940"}, []string{"1955-1960"}, "cannot be the same", -2600},
		{[]string{"1940", "1957"}, []string{"1959", "1957-02-03"}, "the same year", 1000},
		{[]string{"1940"}, []string{"1959", "1941"}, "a year apart", -300},
	} {
		e := engine(t, person("Omar Said", bornOn(c.listed...)))
		q := screen.Query{Name: "Omar Said"}
		for _, d := range c.query {
			q.Born = append(q.Born, day(d))
		}
		var got screen.Qualifier
		for _, x := range ask(t, e, q, screen.Options{}).Hits[0].Explanation.Qualifiers {
			if x.Field == "birth" {
				got = x
			}
		}
		if got.Says != c.says || got.Logit != c.logit {
			t.Errorf("%q against %q: %s %d, want %s %d", c.query, c.listed, got.Says, got.Logit, c.says, c.logit)
		}
	}
}

// TestBirthsAreSymmetric: who is asked and who is listed makes no difference.
func TestBirthsAreSymmetric(t *testing.T) {
	dates := []string{"1957", "1957-03", "1957-03-10", "1957-10-03", "c. 1957", "1955-1960", "1958", "1961", "c. 1959"}
	logit := func(query, listed string) int {
		e := engine(t, person("Omar Said", bornOn(listed)))
		x := ask(t, e, screen.Query{Name: "Omar Said", Born: []date.Partial{day(query)}}, screen.Options{}).Hits[0].Explanation
		return x.Qualifiers[0].Logit
	}
	for _, a := range dates {
		for _, b := range dates {
			if x, y := logit(a, b), logit(b, a); x != y {
				t.Errorf("%s against %s: %d, the other way %d", a, b, x, y)
			}
		}
	}
}

func TestADateThatSaysNothingIsNoQualifier(t *testing.T) {
	e := engine(t, person("Omar Said", bornOn("1957")))
	q := screen.Query{Name: "Omar Said", Born: []date.Partial{{Text: "unknown"}, {}}}
	for _, x := range ask(t, e, q, screen.Options{}).Hits[0].Explanation.Qualifiers {
		if x.Field == "birth" {
			t.Errorf("compared with nothing: %+v", x)
		}
	}
}

// TestTheBoundsAreInTheDocuments: docs/answers.md tells each bound.
func TestTheBoundsAreInTheDocuments(t *testing.T) {
	text, err := os.ReadFile("../../docs/answers.md")
	if err != nil {
		t.Fatal(err)
	}
	for field, b := range screen.Bounds() {
		for _, n := range b {
			if !strings.Contains(string(text), fmt.Sprintf("%+d", n)) {
				t.Errorf("docs/answers.md does not say that %s adds %+d", field, n)
			}
		}
	}
}
