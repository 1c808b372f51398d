package cli

import (
	"context"
	"flag"
	"fmt"
	"os"

	"interdict/internal/document"
	"interdict/internal/index"
	"interdict/internal/screen"
)

var screenDocumentVerb = verb{
	name: "screen document", args: "FILE... | -", short: "find listed subjects that a text names", json: true, data: true,
	long: "Reads text, HTML, Word (.docx), mail (.eml) and PDF. Each mention has its place in bytes of the\n" +
		"extracted text, which --text writes out. Exit code 1 means mentions, 0 that every document was\n" +
		"screened and names nobody, 2 that one could not be screened.",
	examples: []string{
		"screen document report.pdf",
		"screen document *.docx --json",
		"screen document article.txt --threshold .8",
	},
	setup: func(f *flag.FlagSet) action {
		var r documentRun
		r.declare(f, "a mention", index.LowestMention, screen.DefaultMention)
		f.BoolVar(&r.text, "text", false, "write the extracted text instead of screening it")
		return r.run
	},
}

// documentRun is one call of screen document.
type documentRun struct {
	screenFlags
	text  bool
	tally tally
}

func (r *documentRun) run(ctx context.Context, c *call, args []string) (hits bool, err error) {
	if len(args) == 0 {
		return false, wrongUsage("no document given")
	}
	threshold, at, err := r.read()
	if err != nil {
		return false, err
	}
	if err := mustExist(args); err != nil {
		return false, err
	}
	if r.text {
		return false, writeTexts(c, args)
	}
	o := screen.Options{Mention: threshold, Exhaustive: r.exhaustive, Brief: !c.JSON}
	e, done, err := openEngine(c)
	if err != nil {
		return false, err
	}
	defer done()
	b := c.progress("screening", int64(len(args)))
	defer b.finish()
	for _, file := range args {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		a, err := screenDocument(c, e, file, o)
		if err != nil {
			return false, err
		}
		a.At = at
		r.tally.count(a.Status)
		b.add(1)
		if err := showDocument(c, a); err != nil {
			return false, err
		}
	}
	return r.tally.result("document", "documents")
}

// mustExist looks for all files before the first is read: a name mistyped is
// told before there is half an answer.
func mustExist(files []string) error {
	for _, file := range files {
		if file == "-" {
			continue
		}
		if _, err := os.Stat(file); err != nil {
			return inputError(err)
		}
	}
	return nil
}

// readDocument takes the text out of a file, or of standard input for "-".
func readDocument(c *call, file string) (document.Text, error) {
	if file == "-" {
		return document.Read("standard input", c.in)
	}
	f, err := os.Open(file)
	if err != nil {
		return document.Text{}, inputError(err)
	}
	defer f.Close()
	return document.Read(file, f)
}

// screenDocument answers for one file. A file that cannot be read as a document
// was not screened.
func screenDocument(c *call, e *screen.Engine, file string, o screen.Options) (screen.DocumentAnswer, error) {
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
	if err := showMentions(c, a.Document, a.Status, a.Reason, a.Mentions); err != nil {
		return err
	}
	showWarnings(c, a.Warnings)
	writeStamp(c, a.Stamp)
	return c.out.Flush()
}

func showWarnings(c *call, warnings []string) {
	for _, w := range warnings {
		fmt.Fprintf(c.out, "%s %s\n", c.yellow("note:"), w)
	}
}
