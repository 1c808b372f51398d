package cli

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// call is what a verb is run with: where it reads and writes, and the common
// flags.
type call struct {
	in     io.Reader
	out    *bufio.Writer // results; flush it where a reader waits for each line
	err    io.Writer     // progress and remarks
	colour bool          // out is a terminal that may be coloured
	live   bool          // err is a terminal that can show progress

	JSON bool   // --json
	Data string // --data
}

func newCall(stdin io.Reader, stdout, stderr io.Writer) *call {
	return &call{
		in:     stdin,
		out:    bufio.NewWriterSize(stdout, 64<<10),
		err:    stderr,
		colour: isTerminal(stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		live:   isTerminal(stderr) && os.Getenv("TERM") != "dumb",
	}
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// writeJSON writes v as one line of JSON. Letters stay readable.
func (c *call) writeJSON(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// bar shows how far long work has come. The nil bar shows nothing.
type bar struct{ p *progressbar.ProgressBar }

// progress returns a bar of total steps (-1: unknown) on a terminal, and nil in
// a pipe. Finish it before results are printed.
func (c *call) progress(what string, total int64) *bar {
	if !c.live {
		return nil
	}
	return &bar{progressbar.NewOptions64(
		total,
		progressbar.OptionSetWriter(c.err),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

// add moves the bar on by n steps.
func (b *bar) add(n int) {
	if b != nil {
		// The bar writes to the terminal only; a terminal that cannot be
		// written to must not stop the work.
		_ = b.p.Add(n)
	}
}

// Write moves the bar on by the bytes of p, so that a bar can be the second
// half of an io.TeeReader.
func (b *bar) Write(p []byte) (int, error) {
	b.add(len(p))
	return len(p), nil
}

// finish takes the bar off the terminal.
func (b *bar) finish() {
	if b != nil {
		_ = b.p.Finish()
	}
}
