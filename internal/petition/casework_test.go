package petition_test

// This file sees all rooms of the casework: it draws
// docs/states.md and docs/events.md and checks the tables.

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/alert"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/erasure"
	"interdict/internal/event"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/report"
	"interdict/internal/roster"
	"interdict/internal/session"
	"interdict/internal/subscription"
)

var update = flag.Bool("update", false, "write docs/states.md and docs/events.md")

// drawing is one table as texts.
type drawing struct {
	name, of string
	table    map[string]map[string]string
}

func draw[S ~string](name, of string, t event.Table[S]) drawing {
	d := drawing{name, of, map[string]map[string]string{}}
	for from, arrows := range t {
		d.table[string(from)] = map[string]string{}
		for kind, to := range arrows {
			d.table[string(from)][kind] = string(to)
		}
	}
	return d
}

func drawings() []drawing {
	return []drawing{
		draw("Material", "material.Transitions", material.Transitions),
		draw("Mention in a material", "material.MentionTransitions", material.MentionTransitions),
		draw("Onward use of a material", "material.UseTransitions", material.UseTransitions),
		draw("Alert", "alert.Transitions", alert.Transitions),
		draw("Hit in an alert", "alert.HitTransitions", alert.HitTransitions),
		draw("Exclusion", "alert.ExclusionTransitions", alert.ExclusionTransitions),
		draw("Dossier", "dossier.Transitions", dossier.Transitions),
		draw("Request in a dossier", "dossier.AskingTransitions", dossier.AskingTransitions),
		draw("Session", "session.Transitions", session.Transitions),
		draw("Item of an agenda", "session.ItemTransitions", session.ItemTransitions),
		draw("Decision", "decision.Transitions", decision.Transitions),
		draw("Petition", "petition.Transitions", petition.Transitions),
		draw("Reviews of a decision", "petition.ReviewTransitions", petition.ReviewTransitions),
		draw("Order of erasure", "erasure.Transitions", erasure.Transitions),
		draw("Published edition", "report.EditionTransitions", report.EditionTransitions),
		draw("Report of an institution", "report.Transitions", report.Transitions),
		draw("Subscription", "subscription.Transitions", subscription.Transitions),
	}
}

func all() *event.Registry {
	r := &event.Registry{}
	for _, register := range []func(*event.Registry){roster.Events, material.Events, alert.Events, dossier.Events, session.Events, decision.Events, petition.Events, erasure.Events, report.Events, subscription.Events} {
		register(r)
	}
	return r
}

func TestTheTablesSpeakOfKindsThatAreAndStatesThatAreReached(t *testing.T) {
	kinds := all().Kinds()
	for _, d := range drawings() {
		reached := map[string]bool{"": true}
		for range d.table {
			for from, arrows := range d.table {
				for kind, to := range arrows {
					if !slices.Contains(kinds, kind) {
						t.Errorf("%s: no event is of kind %q", d.of, kind)
					}
					reached[to] = reached[to] || reached[from]
				}
			}
		}
		for from := range d.table {
			if !reached[from] {
				t.Errorf("%s: nothing leads to %q", d.of, from)
			}
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s is not as the tables are; run this test with -update:\n%s", file, d)
	}
}

func TestTheStatesAreDrawnAsTheyAre(t *testing.T) {
	var b strings.Builder
	b.WriteString("# States\n\nDrawn from the tables of the stations by `go test ./internal/petition -update`. A command that no arrow allows is answered with a conflict.\n")
	for _, d := range drawings() {
		fmt.Fprintf(&b, "\n## %s\n\n`%s`\n\n```mermaid\nstateDiagram-v2\n", d.name, d.of)
		var ends []string
		for _, from := range slices.Sorted(maps.Keys(d.table)) {
			to := map[string][]string{} // kinds by target
			for kind, target := range d.table[from] {
				to[target] = append(to[target], kind)
			}
			for _, target := range slices.Sorted(maps.Keys(to)) {
				slices.Sort(to[target])
				name := from
				if name == "" {
					name = "[*]"
				}
				fmt.Fprintf(&b, "  %s --> %s: %s\n", name, target, strings.Join(to[target], ", "))
				if _, more := d.table[target]; !more && !slices.Contains(ends, target) {
					ends = append(ends, target)
				}
			}
		}
		slices.Sort(ends)
		for _, e := range ends {
			fmt.Fprintf(&b, "  %s --> [*]\n", e)
		}
		b.WriteString("```\n")
	}
	golden(t, "../../docs/states.md", b.String())
}

func TestTheKindsOfEventsAreWrittenDown(t *testing.T) {
	const file = "../../docs/events.md"
	if old, err := os.ReadFile(file); err == nil {
		for line := range strings.Lines(string(old)) {
			if kind, ok := strings.CutPrefix(strings.TrimSpace(line), "- `"); ok && !slices.Contains(all().Kinds(), strings.TrimSuffix(kind, "`")) {
				t.Errorf("kind %s was removed or renamed; kinds are stored for ever", kind)
			}
		}
	}
	var b strings.Builder
	b.WriteString("# Kinds of event\n\nEvery kind that the ledger may hold. One may be added, never removed or renamed. Written by `go test ./internal/petition -update`.\n")
	room := ""
	for _, kind := range all().Kinds() {
		if r, _, _ := strings.Cut(kind, "."); r != room {
			room = r
			fmt.Fprintf(&b, "\n## %s\n\n", room)
		}
		fmt.Fprintf(&b, "- `%s`\n", kind)
	}
	golden(t, file, b.String())
}
