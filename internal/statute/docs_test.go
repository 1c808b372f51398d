package statute

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"interdict/internal/deadline"
)

const intro = `# Statutes

The law of a commission is data: a YAML file with seats, quorum and majority, grounds and standard of proof, the stages of every
measure, clocks with the effect of silence, petitions, challenge, exemptions, publication. **None of these is legal advice.** Every rule
says where it stands and how far that was verified:

| level | means |
|---|---|
| official | the text of the rule-maker was seen |
| secondary | a public source that quotes or describes it was seen |
| to verify | general knowledge: check before use |
| assumed | our own choice where no law was seen that says: decide before use |

To make one's own, take the nearest file of ` + "`internal/statute/laws`" + `, give it an id and a version, and check it:

` + "```" + `
interdict statute list
interdict statute show model-1373
interdict statute check ours.yaml
interdict statute diff model-1373 ours.yaml
` + "```" + `

A change of the law is a new version. Decisions pin the edition, which is the version with the beginning of the hash of what it says.
An unknown key, a clock that the casework needs and does not find, a way on which no decision could come into force: each is refused
with its line. A clock that has begun is never moved by a later version.

Counting: hours run on, over nights, weekends and changes of the clock. Days begin and end in the time zone of the calendar. "Counted
from the next day" makes the day after the event the first. A month ends on the same day of the month, or on its last. Business days
are working days of the obliged institution. A rule that names no calendar counts by that of its statute.

This page is drawn from the data by ` + "`go test ./internal/statute -update`" + `.
`

// page draws docs/statutes.md.
func page() string {
	var b strings.Builder
	b.WriteString(intro)
	b.WriteString("\n## What ships\n\n| id | version | state | calendar | official | secondary | to verify | assumed | title |\n|---|---|---|---|---:|---:|---:|---:|---|\n")
	for _, s := range All() {
		n := s.Counts()
		row(&b, "`"+s.ID+"`", s.Version, s.Jurisdiction, "`"+s.Calendar+"`", fmt.Sprint(n[deadline.Official]), fmt.Sprint(n[deadline.Secondary]), fmt.Sprint(n[deadline.ToVerify]), fmt.Sprint(n[deadline.Assumed]), s.Title.English)
	}
	b.WriteString("\n## Calendars\n\nWhere the days off of a year are not known, a clock of working days counts them as worked and says so in its doubts.\n\n")
	b.WriteString("| name | of | weekend | zone | days off known | verified | source | note |\n|---|---|---|---|---|---|---|---|\n")
	for _, c := range deadline.Calendars() {
		weekend := cmp.Or(strings.Join(c.Weekend, ", "), "none")
		for _, e := range c.Earlier {
			weekend += fmt.Sprintf("; until %s %s", e.Until, strings.Join(e.Days, ", "))
		}
		known := "every year"
		if c.Movable {
			known = "of no year"
			if c.Covers != (deadline.Range{}) {
				known = fmt.Sprintf("%d to %d", c.Covers.From, c.Covers.Until)
			}
		}
		row(&b, "`"+c.Name+"`", c.Title, weekend, c.Zone, known, c.Verified.Words(), c.Source, c.Note)
	}
	for _, s := range All() {
		fmt.Fprintf(&b, "\n## %s\n", s.ID)
		section := ""
		for _, l := range s.Lines() {
			if l.Section != section {
				section = l.Section
				fmt.Fprintf(&b, "\n**%s**\n\n| rule | says | verified | stands in, seen, why |\n|---|---|---|---|\n", section)
			}
			row(&b, l.Name, l.Text, l.Verified.Words(), l.Basis)
		}
	}
	return b.String()
}

func row(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		b.WriteString("| " + strings.ReplaceAll(c, "|", `\|`) + " ")
	}
	b.WriteString("|\n")
}

func TestThePageIsDrawnFromTheData(t *testing.T) {
	golden(t, "../../docs/statutes.md", page(), "")
}
