package api_test

import (
	"os"
	"strings"
	"testing"
)

// rights are the cells of docs/access.md, by action and column: the letters of
// the standings in which it is allowed. What the tests expect is what a lawyer
// reads there.
type rights map[string]map[string]string

func readRights(t *testing.T) rights {
	t.Helper()
	text, err := os.ReadFile("../../docs/access.md")
	must(t, err)
	page := rights{}
	var columns []string
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case len(cells) > 3 && cells[0] == "action":
			columns = cells[3:]
		case columns != nil && len(cells) == 3+len(columns) && strings.HasPrefix(cells[0], "`"):
			of := map[string]string{}
			for i, c := range columns {
				of[c] = strings.Trim(cells[3+i], "·")
			}
			page[strings.Trim(cells[0], "`")] = of
		}
	}
	if len(page) < 100 {
		t.Fatalf("docs/access.md has %d actions that can be read: has the page another form?", len(page))
	}
	return page
}

// asker is somebody who asks, with the columns of the page that he stands in.
type asker struct {
	id, organisation string
	columns          []string
}

// object is a thing of the house and how it stands to people, as the test has
// built it.
type object struct {
	kind, id, owner        string
	shared                 []string // organisations
	team, sitting, recused []string // persons
	red, controlled, draft bool
	public                 bool // stands in what is published
}

// allows reports whether the page and the limits below it let somebody do
// something to an object.
func (r rights) allows(t *testing.T, who asker, action string, on object) bool {
	t.Helper()
	cells, ok := r[action]
	if !ok {
		t.Fatalf("docs/access.md has no action %q", action)
	}
	own, team, sits := who.organisation == on.owner, has(on.team, who.id), has(on.sitting, who.id)
	shared := has(on.shared, who.organisation)
	sight := strings.HasSuffix(action, ".list")
	audits := has(who.columns, "auditor")
	switch {
	case has(on.recused, who.id):
		return false // recused-nothing
	case on.red && !own && !team && !sits && !(audits && sight):
		return false // tlp-red
	case on.controlled && !own && !shared && !sight:
		return false // originator-control
	}
	reads := sight || strings.Contains(action, ".read")
	if on.draft && reads && has(who.columns, "member") && !team && !has(who.columns, "signatory") {
		return false // decision-draft-hidden
	}
	for _, c := range who.columns {
		cell := cells[c]
		if strings.Contains(cell, "f") || own && strings.Contains(cell, "o") || team && strings.Contains(cell, "t") ||
			sits && strings.Contains(cell, "a") || shared && strings.Contains(cell, "s") {
			return true
		}
	}
	return false
}

func has(all []string, one string) bool {
	for _, x := range all {
		if x == one {
			return true
		}
	}
	return false
}
