package access_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/access"
)

var update = flag.Bool("update", false, "write docs/access.md anew")

const page = "../../docs/access.md"

// The page is what a lawyer reads: a change of a policy must change it too.
func TestPageIsWhatThePoliciesSay(t *testing.T) {
	want := draw()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), want); diff != "" {
		t.Errorf("docs/access.md is not what the policies say; read the difference, then go test ./internal/access -update:\n%s", diff)
	}
}

const preface = `# Who may do what

Drawn from the policies in ` + "`internal/access/policy`" + ` by ` + "`go test ./internal/access -update`" + `. A test fails while this page and the policies differ, so
no change of a policy passes unseen. The rules of the rooms ([casework](casework.md)) hold besides: two persons, states, clocks.

Whatever no policy permits is denied; what one forbids is denied whatever else permits it; so is everything that cannot be decided.
What somebody may not see **does not exist** for him: the answer is "not found", in lists, search, counts, graph and audit alike. A list
holds what its reader may *list*; what a thing says takes *read*.

## How a case stands to the one who asks

| sign | standing | meaning |
|---|---|---|
| o | own | his organisation owns it |
| t | team | he works on it, it was given to him, or it is his |
| a | agenda | he sits for an agenda that it is on |
| s | shared | it is shared with his organisation, or asks it |
| f | foreign | none of these: everybody who holds the role |
| · | | never |

Each standing is shown by itself; a person may stand to a case in several ways and may then do what any of them permits. A cell with f holds for
every standing. Who is **recused** may do nothing at all, however he stands to the case besides: every cell is empty then, and the test says so.
The table shows a person with one role who states a purpose. With several roles he may do what any of them permits, within the limits below.
A machine is shown with the roles liaison and officer and a key whose scope names everything: the most that a machine can do.

Actions marked **R** read restricted content: they need a stated purpose and are recorded with it. Those marked S show only that
a thing exists. Those marked C change something.
`

func draw() string {
	var b strings.Builder
	b.WriteString(preface)
	cells := map[[2]string]string{}
	for _, c := range matrix() {
		key := [2]string{string(c.Action), c.Column}
		if c.Allowed && c.Standing != access.Recused {
			cells[key] += string(c.Standing)[:1]
		}
	}
	kind := ""
	for _, e := range access.Actions() {
		if k := e.Action.Kind(); k != kind {
			kind = k
			fmt.Fprintf(&b, "\n## %s\n\n| action | | what | %s |\n|---|---|---|%s\n",
				strings.ToUpper(k[:1])+k[1:], strings.Join(access.Columns(), " | "), strings.Repeat("---|", len(access.Columns())))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |", e.Action, sign[e.Way], e.What)
		for _, c := range access.Columns() {
			fmt.Fprintf(&b, " %s |", short(cells[[2]string{string(e.Action), c}]))
		}
		b.WriteString("\n")
	}
	drawRules(&b)
	return b.String()
}

var sign = map[access.Way]string{access.Sight: "S", access.Read: "", access.Restricted: "**R**", access.Change: "C"}

// short writes the standings of a cell; whoever may do it as a stranger may do
// it in every standing.
func short(standings string) string {
	switch {
	case standings == "":
		return "·"
	case strings.HasSuffix(standings, "f"):
		return "f"
	}
	return standings
}

func drawRules(b *strings.Builder) {
	b.WriteString("\n## The policies\n\nEach answer names the policies that made it by these names.\n\n| policy | effect | what it says |\n|---|---|---|\n")
	for _, r := range policies.Rules() {
		effect := "permits"
		if r.Forbids {
			effect = "**forbids**"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", r.ID, effect, r.Says)
	}
}

// A stranger may not do more than somebody who stands to the case in some way,
// but for what is about oneself: the page says so.
func TestForeignIsTheNarrowestStanding(t *testing.T) {
	var own []string
	by := map[string]map[access.Standing]bool{}
	for _, c := range matrix() {
		k := c.Column + " " + string(c.Action)
		if by[k] == nil {
			by[k] = map[access.Standing]bool{}
		}
		by[k][c.Standing] = c.Allowed
	}
	for k, allowed := range by {
		for _, s := range []access.Standing{access.Own, access.Team, access.Agenda, access.Shared} {
			if allowed[access.Foreign] && !allowed[s] {
				own = append(own, k+" "+string(s))
			}
		}
	}
	if want := []string{"administrator credential.invite team"}; !slices.Equal(own, want) {
		t.Errorf("denied to %q though a stranger may; want %q", own, want)
	}
}
