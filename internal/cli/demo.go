package cli

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"time"

	"interdict/internal/document"
	"interdict/internal/list/starter"
	"interdict/internal/screen"
)

var demoVerb = verb{
	name: "demo", short: "show the main job on an embedded text and register", json: true,
	long: "Screens an invented news item with the starter register, which is part of the program. It needs no\n" +
		"file, no network and no account, and leaves nothing behind.",
	examples: []string{"demo", "demo --json"},
	setup: func(*flag.FlagSet) action {
		return func(_ context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("demo takes no arguments")
			}
			return false, demo(c)
		}
	},
}

// demo shows a text, what was found in it, and one score taken apart. It ends
// with what to try next; its exit code is 0 although there are hits.
func demo(c *call) error {
	e, err := starterEngine()
	if err != nil {
		return err
	}
	text := starter.SampleText()
	at := time.Now().UTC().Truncate(time.Second)
	t, err := document.Read("sample.txt", strings.NewReader(text))
	if err != nil {
		return err
	}
	a, err := e.Document("sample.txt", t, screen.Options{Brief: !c.JSON})
	if err != nil {
		return err
	}
	a.At = at
	if c.JSON {
		return showDocument(c, a)
	}
	fmt.Fprintf(c.out, "%s\n\n%s\n", c.bold("A text as it might come in (invented):"), marked(c, text, a.Mentions))
	fmt.Fprintf(c.out, "%s\n\n", c.bold("What Interdict finds in it: interdict screen document sample.txt"))
	if err := showDocument(c, a); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "\n%s\n\n", c.bold(`And why: interdict screen name "Ayman Zawahri" --born 1951 --explain`))
	q, err := qualifiers([]string{"1951"}, nil, nil, "", "")
	if err != nil {
		return err
	}
	q.Name = "Ayman Zawahri"
	n, err := e.Name(q, screen.Options{})
	if err != nil {
		return err
	}
	n.At = at
	if err := showAnswer(c, n, true); err != nil {
		return err
	}
	fmt.Fprint(c.out, "\nNext: load a real list (interdict help register load), screen a payment or a customer book\n(interdict help), and see how sure to be of it (interdict help bench).\n")
	return nil
}

// marked is a text with its mentions in brackets, the longest first where they
// overlap, and wrapped for a terminal.
func marked(c *call, text string, ms []screen.Mention) string {
	var b strings.Builder
	at := 0
	for _, m := range ms { // of those that start together the longest comes first
		if m.Start < at {
			continue
		}
		b.WriteString(text[at:m.Start])
		b.WriteString(c.bold("[" + m.Text + "]"))
		at = m.End
	}
	b.WriteString(text[at:])
	return wrap(b.String(), 100)
}

// wrap breaks lines at blanks after at most n cells.
func wrap(text string, n int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		used := 0
		for i, word := range strings.Fields(line) {
			w := width(word)
			switch {
			case i == 0:
			case used+1+w > n:
				b.WriteByte('\n')
				used = 0
			default:
				b.WriteByte(' ')
				used++
			}
			b.WriteString(word)
			used += w
		}
		b.WriteByte('\n')
	}
	return b.String()
}
