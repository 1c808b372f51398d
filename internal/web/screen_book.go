package web

import (
	"cmp"
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/screen"
)

// screenBooks are the pages of screening books of customers. Runs belong to who
// started them and live in the memory of this process.
func (s *server) screenBooks() {
	s.page("GET /screen/book", func(v *visit) error { return v.showBooks(nil) })
	s.page("POST /screen/book", (*visit).screenBook)
	s.page("GET /screen/books/{id}", (*visit).showBook)
	s.page("GET /screen/books/{id}/progress", (*visit).tellProgress)
	s.page("GET /screen/books/{id}/alerts.csv", (*visit).downloadBook)
	s.page("POST /screen/books/{id}/forget", func(v *visit) error {
		r, err := v.bookRun()
		if err != nil {
			return err
		}
		v.books.drop(r)
		return v.goTo("/screen/book")
	})
}

// booksView is the page where a book is handed in.
type booksView struct {
	Failure *failure
	Runs    []*bookRun
	Stale   []staleList
}

func (v *visit) showBooks(f *failure) error {
	if !v.may("screen.book") {
		return fault.New(fault.NotFound, "there is no such page")
	}
	p := booksView{Failure: f, Runs: v.books.of(v.Person.ID, v.now())}
	var err error
	if p.Stale, err = v.staleLists(); err != nil {
		return err
	}
	status := http.StatusOK
	if f != nil {
		status = f.Status
	}
	return v.render(status, frame(say(v.own(), "Screen a book of customers"), booksPage(p)))
}

func (v *visit) screenBook() error {
	engine, err := v.Clerk.ScreenBook(v.ctx(), v.Order)
	if err != nil {
		return err
	}
	e, err := v.entryOf()
	if err != nil {
		return err
	}
	r := &bookRun{ID: strings.ToLower(rand.Text()), Owner: v.Person.ID, Started: v.now(), Stamp: screen.Stamp{Snapshot: engine.Snapshot()}}
	var content []byte
	if files := e.files["file"]; len(files) > 0 {
		content, r.Name, r.Size = files[0], e.names["file"][0], int64(len(files[0]))
	}
	r.Threshold, err = strconv.Atoi(cmp.Or(e.values.Get("threshold"), strconv.Itoa(screen.DefaultThreshold)))
	switch {
	case len(content) == 0:
		err = fault.New(fault.Invalid, "choose the file of the book: CSV or XLSX")
	case err != nil || r.Threshold < 500 || r.Threshold > 1000:
		err = fault.New(fault.Invalid, "%q is no threshold", e.values.Get("threshold"))
	default:
		err = v.books.begin(r, engine, content)
	}
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.Conflict) {
		f := failureOf(err)
		return v.showBooks(&f)
	}
	if err != nil {
		return err
	}
	return v.goTo(r.path())
}

func (r *bookRun) path() string { return "/screen/books/" + r.ID }

// bookRun is the run that the address names, if it is the visitor's and he may
// screen books still.
func (v *visit) bookRun() (*bookRun, error) {
	if !v.may("screen.book") {
		return nil, fault.New(fault.NotFound, "there is no such page")
	}
	return v.books.find(v.Person.ID, v.r.PathValue("id"), v.now())
}

// bookView is one run.
type bookView struct {
	*bookRun
	howFar
	Band string
	From int // number of the first row that is shown
	All  int // rows of the band
	Rows []screen.Row
	Next string
}

// rowsShown is how many customers a page shows.
const rowsShown = 100

func (v *visit) showBook() error {
	r, err := v.bookRun()
	if err != nil {
		return err
	}
	p := bookView{bookRun: r, howFar: r.howFar(), Band: v.r.FormValue("band")}
	if p.Ended {
		rows := r.found(p.Band)
		p.All = len(rows)
		p.From, _ = strconv.Atoi(v.r.FormValue("after")) // what is no number begins at the beginning
		p.From = max(0, min(p.From, p.All))
		p.Rows = rows[p.From:min(p.From+rowsShown, p.All)]
		if end := p.From + len(p.Rows); end < p.All {
			p.Next = strconv.Itoa(end)
		}
	} else {
		v.refresh = 3
	}
	return v.show(r.Name, bookPage(p))
}

// tellProgress tells how far a run is until it has ended.
func (v *visit) tellProgress() error {
	r, err := v.bookRun()
	if err != nil {
		return err
	}
	return v.progressOf(r)
}

func (v *visit) progressOf(r *bookRun) error {
	h := v.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(v.w)
	every := time.NewTicker(500 * time.Millisecond)
	defer every.Stop()
	for {
		s := r.howFar()
		text, err := json.Marshal(map[string]any{"done": s.Percent, "of": 100, "text": progressText(v.own(), s)})
		if err != nil {
			return err
		}
		event := "progress"
		if s.Ended {
			event = "end"
		}
		if _, err := fmt.Fprintf(v.w, "event: %s\ndata: %s\n\n", event, text); err != nil || out.Flush() != nil || s.Ended {
			return nil // the reader left, or all is said
		}
		select {
		case <-v.ctx().Done():
			return nil
		case <-v.Ends:
			return nil
		case <-r.ended:
		case <-every.C:
		}
	}
}

func (v *visit) downloadBook() error {
	r, err := v.bookRun()
	if err != nil {
		return err
	}
	if s := r.howFar(); !s.Ended || s.Err != nil {
		return fault.New(fault.Conflict, "the book was not screened to its end")
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "alerts.csv"}))
	w := csv.NewWriter(v.w)
	_ = w.Write(screen.RowHead) // a reader who left is no fault
	for _, x := range r.found("") {
		for _, line := range x.Lines() {
			_ = w.Write(line)
		}
	}
	w.Flush()
	return nil
}

// customerPath is where a customer is screened by itself, side by side.
func customerPath(x screen.Row) string {
	q := url.Values{"name": {x.Customer.Name}}
	for field, all := range map[string][]string{
		"aliases": x.Customer.Aliases, "born": x.Customer.Births, "countries": x.Customer.Countries, "ids": x.Customer.Identifiers,
	} {
		if len(all) > 0 {
			q.Set(field, strings.Join(all, "\n"))
		}
	}
	if x.Customer.Kind != "" {
		q.Set("kind", x.Customer.Kind)
	}
	return "/screen?" + q.Encode()
}
