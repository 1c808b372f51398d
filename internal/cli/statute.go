package cli

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"interdict/internal/deadline"
	"interdict/internal/statute"
)

func statuteListVerb() verb {
	return verb{
		name:     "statute list",
		short:    "name the statutes that ship, and how far their rules were verified",
		examples: []string{"statute list", "statute list --json"},
		json:     true,
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) > 0 {
					return false, wrongUsage("statute list takes no argument, but was given %q", args[0])
				}
				return false, listStatutes(c)
			}
		},
	}
}

func statuteShowVerb() verb {
	return verb{
		name: "statute show", args: "ID|FILE",
		short:    "write a statute in words, each rule with where it stands and how far it was verified",
		long:     "No statute that ships is legal advice. What is assumed is our own choice, to be decided by whoever adopts it.",
		examples: []string{"statute show model-1373", "statute show ours.yaml --json"},
		choices:  statute.Names,
		json:     true,
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 {
					return false, wrongUsage("statute show needs the id of a statute or a file")
				}
				s, err := findStatute(args[0])
				if err != nil {
					return false, err
				}
				return false, showStatute(c, s)
			}
		},
	}
}

func statuteCheckVerb() verb {
	return verb{
		name: "statute check", args: "FILE...",
		short:    "check statutes in YAML before they are adopted, and name the line of every fault",
		examples: []string{"statute check ours.yaml"},
		json:     true,
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) == 0 {
					return false, wrongUsage("statute check needs a file")
				}
				for _, file := range args {
					s, err := readStatute(file)
					if err != nil {
						return false, err
					}
					if c.JSON {
						err = c.writeJSON(briefStatute(s))
					} else {
						_, err = fmt.Fprintf(c.out, "%s: statute %s %s stands; %s\n", file, s.ID, s.Edition(), countsOf(s))
					}
					if err != nil {
						return false, err
					}
				}
				return false, nil
			}
		},
	}
}

func statuteDiffVerb() verb {
	return verb{
		name: "statute diff", args: "A B",
		short:    "say in words what differs between two statutes or versions",
		long:     "A and B are ids of statutes that ship, or files.",
		examples: []string{"statute diff model-1373 ours.yaml", "statute diff old.yaml new.yaml --json"},
		choices:  statute.Names,
		json:     true,
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) != 2 {
					return false, wrongUsage("statute diff needs two statutes")
				}
				a, err := findStatute(args[0])
				if err != nil {
					return false, err
				}
				b, err := findStatute(args[1])
				if err != nil {
					return false, err
				}
				return false, diffStatutes(c, a, b)
			}
		},
	}
}

// findStatute returns the statute of that id, or of that file.
func findStatute(arg string) (statute.Statute, error) {
	s, err := statute.Named(arg)
	if err == nil || !strings.ContainsAny(arg, `./\`) {
		return s, err
	}
	return readStatute(arg)
}

func readStatute(file string) (statute.Statute, error) {
	f, err := os.Open(file)
	if err != nil {
		return statute.Statute{}, fmt.Errorf("reading a statute: %w", err)
	}
	defer f.Close()
	return statute.Read(file, f)
}

// statuteJSON is a statute in brief.
type statuteJSON struct {
	ID           string                 `json:"id"`
	Version      string                 `json:"version"`
	Edition      string                 `json:"edition"`
	Title        statute.Title          `json:"title"`
	Jurisdiction string                 `json:"jurisdiction"`
	Calendar     string                 `json:"calendar"`
	Rules        map[deadline.Level]int `json:"rules"` // by how far they were verified
}

func briefStatute(s statute.Statute) statuteJSON {
	return statuteJSON{s.ID, s.Version, s.Edition(), s.Title, s.Jurisdiction, s.Calendar, s.Counts()}
}

func listStatutes(c *call) error {
	var all []statuteJSON
	t := newTable("id", "version", "state", "calendar", ">official", ">secondary", ">to verify", ">assumed", "title")
	for _, s := range statute.All() {
		j := briefStatute(s)
		all = append(all, j)
		row := []string{j.ID, j.Version, j.Jurisdiction, j.Calendar}
		for _, l := range deadline.Levels {
			row = append(row, strconv.Itoa(j.Rules[l]))
		}
		t.add(append(row, j.Title.English)...)
	}
	if c.JSON {
		return c.writeJSON(struct {
			Statutes []statuteJSON `json:"statutes"`
		}{all})
	}
	return t.write(c.out, c)
}

// countsOf says how many rules have each level of verification.
func countsOf(s statute.Statute) string {
	counts, sum := s.Counts(), 0
	var parts []string
	for _, l := range deadline.Levels {
		sum += counts[l]
		if counts[l] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[l], l.Words()))
		}
	}
	return fmt.Sprintf("of %d rules %s", sum, strings.Join(parts, ", "))
}

func showStatute(c *call, s statute.Statute) error {
	lines := s.Lines()
	if c.JSON {
		return c.writeJSON(struct {
			statuteJSON
			Digest  string          `json:"digest"`
			Statute statute.Statute `json:"statute"`
			Lines   []statute.Line  `json:"lines"`
		}{briefStatute(s), s.Digest(), s, lines})
	}
	cal, err := deadline.Named(s.Calendar)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s\n%s, edition %s\n%s\n", c.bold(s.Title.English), s.ID, s.Edition(), c.yellow("No legal advice: "+countsOf(s)+"."))
	fmt.Fprintf(c.out, "Days off by %s: %s (%s)\n", cal.Title, knownYears(cal), cal.Verified.Words())
	section := ""
	for _, l := range lines {
		if l.Section != section {
			section = l.Section
			fmt.Fprintf(c.out, "\n%s\n", c.bold(section))
		}
		fmt.Fprintf(c.out, "  %s: %s\n", l.Name, l.Text)
		if l.Verified != "" {
			fmt.Fprintf(c.out, "      %s\n", c.dim(strings.TrimSuffix(l.Verified.Words()+": "+l.Basis, ": ")))
		}
	}
	return nil
}

// knownYears says of which years all days off are known.
func knownYears(c deadline.Calendar) string {
	switch {
	case !c.Movable:
		return "known of every year"
	case c.Covers == deadline.Range{}:
		return "not all known of any year"
	}
	return fmt.Sprintf("known of %d to %d", c.Covers.From, c.Covers.Until)
}

func diffStatutes(c *call, a, b statute.Statute) error {
	changes := statute.Diff(a, b)
	if c.JSON {
		return c.writeJSON(struct {
			From    statuteJSON      `json:"from"`
			To      statuteJSON      `json:"to"`
			Changes []statute.Change `json:"changes"`
		}{briefStatute(a), briefStatute(b), append([]statute.Change{}, changes...)})
	}
	fmt.Fprintf(c.out, "%s %s to %s %s: %s\n", a.ID, a.Edition(), b.ID, b.Edition(), plural(len(changes), "change", "changes"))
	for _, x := range changes {
		fmt.Fprintf(c.out, "\n%s\n", c.bold(x.Section+", "+x.Name))
		if x.Before != "" {
			fmt.Fprintf(c.out, "%s\n", c.red("- "+x.Before))
		}
		if x.After != "" {
			fmt.Fprintf(c.out, "%s\n", c.green("+ "+x.After))
		}
	}
	return nil
}
