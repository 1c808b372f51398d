package api_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"path/filepath"
	"sync/atomic"
	"testing"

	modernc "modernc.org/sqlite"

	"interdict/internal/sqlite"
	"interdict/internal/store"
)

// asked counts the questions that were put to a database.
type asked struct{ atomic.Int64 }

// open opens SQLite so that every question to the ledger is counted.
func (a *asked) open(t *testing.T, signer string) (*store.Store, *store.Keys) {
	dir := t.TempDir()
	e, err := sqlite.Engine(t.Context(), dir) // brings the schema up to date
	must(t, err)
	must(t, e.DB.Close())
	c, err := modernc.NewConnector("file:" + filepath.Join(dir, sqlite.LedgerFile) + "?_pragma=busy_timeout(10000)&_txlock=immediate")
	must(t, err)
	s, err := store.Open(t.Context(), store.Engine{DB: sql.OpenDB(countingConnector{c, a})}, signer)
	must(t, err)
	k, err := sqlite.OpenKeys(t.Context(), filepath.Join(dir, "keys"))
	must(t, err)
	return s, k
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
	c.asked.Add(1)
	return c.dbSession.QueryContext(ctx, text, args)
}

func (c countingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	c.asked.Add(1)
	return c.dbSession.ExecContext(ctx, text, args)
}
