package web_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	modernc "modernc.org/sqlite"

	"interdict/internal/sqlite"
	"interdict/internal/store"
)

// asked counts the questions that are put to the database of the ledger, and what
// is written there: that something was read stands in the ledger before it is
// shown.
type asked struct{ questions, writes atomic.Int64 }

func (a *asked) open(ctx context.Context, dir, signer string) (*store.Store, error) {
	e, err := sqlite.Engine(ctx, dir) // brings the schema up to date
	if err != nil {
		return nil, err
	}
	if err := e.DB.Close(); err != nil {
		return nil, err
	}
	c, err := modernc.NewConnector("file:" + filepath.Join(dir, sqlite.LedgerFile) + "?_pragma=busy_timeout(10000)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, store.Engine{DB: sql.OpenDB(countingConnector{c, a})}, signer)
}

type countingConnector struct {
	driver.Connector
	asked *asked
}

func (c countingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return countingConn{conn.(dbSession), c.asked}, nil
}

// dbSession is what the driver's connections can do.
type dbSession interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.QueryerContext
	driver.ExecerContext
}

type countingConn struct {
	dbSession
	asked *asked
}

func (c countingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	c.asked.questions.Add(1)
	return c.dbSession.QueryContext(ctx, text, args)
}

func (c countingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	c.asked.writes.Add(1)
	return c.dbSession.ExecContext(ctx, text, args)
}

// budget is how many questions a page may put to the database.
const budget = 12

// beyond are the pages that ask more, each with why.
var beyond = map[string]struct {
	most int64
	why  string
}{
	"/":               {24, "the desk of a lead lists fourteen sorts of things, one question for each"},
	"/effectiveness":  {15, "it counts over all that happened"},
	"/requests":       {14, "the texts of eight cases are read, and each reading is recorded"},
	"/decisions/{id}": {16, "it is shown with its case, its reviews and what may be done with it"},
}

// pattern is a path with the id of its thing left out.
func pattern(path string) string {
	if kind, id, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/"); ok && id != "new" {
		return "/" + kind + "/{id}"
	}
	return path
}

// worked is a house with a case at every stage, and the pages of it.
func worked(h *house) []string {
	of, decision := h.frozen("Northern Group")
	for i := range 8 {
		id := h.do("analyst", "dossier.open", "", body{"title": fmt.Sprint("Case ", i), "subject": someone(fmt.Sprint("Group ", i))}).ID
		h.do("analyst", "dossier.ask", id, body{
			"key": "q1", "what": "request", "to": "bank", "text": "Which accounts?",
		})
	}
	p := h.lodged(decision, "delisting")
	pages := []string{
		"/", "/clocks", "/dossiers", "/sessions", "/decisions", "/petitions", "/reviews", "/materials", "/alerts", "/exclusions", "/requests",
		"/editions", "/reports", "/erasures", "/people", "/statute", "/subscriptions", "/petitions/new", "/decisions/new", "/dossiers/new", "/sessions/new", "/me",
		"/dossiers/" + of, "/decisions/" + decision, "/reviews/" + decision, "/petitions/" + p, "/public", "/effectiveness", "/ledger", "/audit",
	}
	for _, kind := range []string{"session", "material"} {
		rows := must(h.clerk.List(h.t.Context(), orderOf("lead"), kind, "", "", 1)).Rows
		for _, r := range rows {
			pages = append(pages, "/"+kind+"s/"+r.ID)
		}
	}
	return pages
}

// TestPagesAskTheDatabaseSeldom counts on a process that has seen the things
// before: after a start each is read once more.
func TestPagesAskTheDatabaseSeldom(t *testing.T) {
	var a asked
	h := newHouseOn(t, a.open)
	pages := worked(h)
	for _, who := range []string{"lead", "analyst-2", "liaison-bank", "auditor"} {
		for _, path := range pages {
			h.get(who, path)
			a.questions.Store(0)
			a.writes.Store(0)
			status, _ := h.get(who, path)
			n := a.questions.Load()
			if status != http.StatusOK && status != http.StatusNotFound {
				t.Errorf("%s as %s answers %d", path, who, status)
			}
			t.Logf("%3d asked, %3d written: %s as %s", n, a.writes.Load(), path, who)
			most := int64(budget)
			if x, ok := beyond[pattern(path)]; ok {
				most = x.most
			}
			if n > most {
				t.Errorf("%s as %s asks %d times, at most %d are allowed", path, who, n, most)
			}
		}
	}
}

// BenchmarkPages measures the time of the server per page.
func BenchmarkPages(b *testing.B) {
	h := newHouse(b)
	pages := worked(h)
	for i := range 300 {
		h.do("analyst", "dossier.open", "", body{"title": fmt.Sprint("More ", i), "subject": someone(fmt.Sprint("Other group ", i))})
	}
	for _, path := range pages {
		if status, _ := h.get("lead", path); status != http.StatusOK {
			continue // not the lead's
		}
		b.Run(path, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				h.get("lead", path)
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
