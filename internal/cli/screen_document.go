package cli

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"interdict/internal/document"
	"interdict/internal/screen"
)

var screenDocumentVerb = verb{
	name: "screen document", args: "FILE... | -", short: "find listed subjects that a text names", json: true, data: true,
	long: "Reads text, HTML, Word (.docx), mail (.eml) and PDF. Each mention has its place in bytes of the\n" +
		"extracted text, which --text writes out. Exit code 1 means that there are mentions.",
	examples: []string{
		"screen document report.pdf",
		"screen document *.docx --json",
		"screen document article.txt --threshold .8",
	},
	setup: func(f *flag.FlagSet) action {
		var s screenFlags
		s.declare(f)
		text := f.Bool("text", false, "write the extracted text instead of screening it")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) == 0 {
				return false, wrongUsage("no document given")
			}
			if *text {
				return false, writeTexts(c, args)
			}
			o, at, err := s.options()
			if err != nil {
				return false, err
			}
			o.Brief = !c.JSON
			e, done, err := openEngine(c)
			if err != nil {
				return false, err
			}
			defer done()
			hits := false
			b := c.progress("screening", int64(len(args)))
			for _, file := range args {
				a, err := screenDocument(c, e, file, o)
				if err != nil {
					return hits, err
				}
				a.At = at
				hits = hits || a.Status == screen.Hits
				b.add(1)
				if file == args[len(args)-1] {
					b.finish()
				}
				if err := showDocument(c, a); err != nil {
					return hits, err
				}
				if ctx.Err() != nil {
					return hits, ctx.Err()
				}
			}
			return hits, nil
		}
	},
}

// readDocument takes the text out of a file, or of standard input for "-".
func readDocument(c *call, file string) (document.Text, error) {
	if file == "-" {
		return document.Read("standard input", c.in)
	}
	f, err := os.Open(file)
	if err != nil {
		return document.Text{}, fmt.Errorf("opening a document: %w", err)
	}
	defer f.Close()
	return document.Read(file, f)
}

// screenDocument answers for one file. A file that is not there is an error; a
// file that cannot be read as a document was not screened.
func screenDocument(c *call, e *screen.Engine, file string, o screen.Options) (screen.DocumentAnswer, error) {
	if file != "-" {
		if _, err := os.Stat(file); err != nil {
			return screen.DocumentAnswer{}, inputError(err)
		}
	}
	t, err := readDocument(c, file)
	if err != nil {
		return e.Unreadable(file, err, o), nil
	}
	return e.Document(file, t, o)
}

func writeTexts(c *call, files []string) error {
	for _, file := range files {
		t, err := readDocument(c, file)
		if err != nil {
			return err
		}
		if _, err := c.out.WriteString(t.Body); err != nil {
			return err
		}
	}
	return nil
}

func showDocument(c *call, a screen.DocumentAnswer) error {
	if c.JSON {
		if err := c.writeJSON(a); err != nil {
			return err
		}
		return c.out.Flush()
	}
	showMentions(c, a.Document, a.Status, a.Reason, a.Mentions)
	for _, w := range a.Warnings {
		fmt.Fprintf(c.out, "%s %s\n", c.yellow("note:"), w)
	}
	writeStamp(c, a.Stamp)
	return c.out.Flush()
}

// showMentions writes one line a mention and subject, the serious ones first
// within a mention, and the quotation below it.
func showMentions(c *call, what string, status screen.Status, reason string, ms []screen.Mention) {
	switch status {
	case screen.NotScreened:
		fmt.Fprintf(c.out, "%s: %s: %s\n", c.bold(what), c.yellow("not screened"), reason)
		return
	case screen.None:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(what), c.green("no mention"))
		return
	}
	count := map[screen.Band]int{}
	for _, m := range ms {
		count[m.Hits[0].Band]++
	}
	fmt.Fprintf(c.out, "%s: %s: %d strong, %d possible, %d weak\n", c.bold(what), plural(len(ms), "mention", "mentions"), count[screen.Strong], count[screen.Possible], count[screen.Weak])
	t := newTable("band", ">score", ">at", "mention", "of")
	var subjects []screen.Hit
	for _, m := range ms {
		at := fmt.Sprintf("%d-%d", m.Start, m.End)
		if m.Path != "" {
			at = m.Path
		}
		for i, h := range m.Hits {
			text := m.Text
			if i > 0 {
				at, text = "", ""
			}
			t.add(paintBand(c, h.Band), short(h.Score), at, text, h.Caption)
			if !slices.ContainsFunc(subjects, func(o screen.Hit) bool { return o.Subject == h.Subject }) {
				subjects = append(subjects, h)
			}
		}
	}
	t.write(c.out, c)
	fmt.Fprintln(c.out)
	for _, h := range subjects {
		fmt.Fprintf(c.out, "%s %s: %s\n", h.Subject, c.bold(h.Caption), listedBy(h.Listings))
	}
	fmt.Fprintln(c.out)
	quoteMentions(c, ms)
}

// quoteMentions quotes each different wording of a strong or possible mention
// once; all of them are in --json.
func quoteMentions(c *call, ms []screen.Mention) {
	said := map[string]bool{}
	for _, m := range ms {
		if m.Hits[0].Band == screen.Weak || said[m.Text] {
			continue
		}
		said[m.Text] = true
		before, after, ok := strings.Cut(m.Context, m.Text)
		if !ok {
			fmt.Fprintf(c.out, "  … %s …\n", m.Context)
			continue
		}
		fmt.Fprintf(c.out, "  … %s%s%s …\n", before, c.bold(m.Text), after)
	}
}
