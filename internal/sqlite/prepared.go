package sqlite

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// maxPrepared is how many statements a connection keeps. The house has some
// sixty; what is asked once only must not pile up.
const maxPrepared = 200

// prepared makes connections that keep their prepared statements: SQLite takes
// longer to read a statement than to carry it out.
type prepared struct{ driver.Connector }

// Connect implements driver.Connector.
func (p prepared) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := c.(session)
	if !ok {
		c.Close()
		return nil, fmt.Errorf("the SQLite driver makes connections of another kind: %T", c)
	}
	return &conn{session: whole, kept: map[string]statement{}}, nil
}

// session is what the driver's connections can do and we pass on. That it does
// not execute makes database/sql prepare everything.
type session interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.SessionResetter
	driver.Validator
}

// conn is a connection; one goroutine at a time uses it.
type conn struct {
	session
	kept map[string]statement // by text; none that is in use
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *conn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	if s, ok := c.kept[text]; ok {
		delete(c.kept, text)
		return &lent{s, c, text}, nil
	}
	s, err := c.session.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	whole, ok := s.(statement)
	if !ok {
		return s, nil
	}
	return &lent{whole, c, text}, nil
}

// Close implements driver.Conn.
func (c *conn) Close() error {
	for _, s := range c.kept {
		s.Close()
	}
	clear(c.kept)
	return c.session.Close()
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// lent is a statement in use; closing gives it back.
type lent struct {
	statement
	home *conn
	text string
}

// Close implements driver.Stmt.
func (l *lent) Close() error {
	if _, ok := l.home.kept[l.text]; ok || len(l.home.kept) >= maxPrepared {
		return l.statement.Close()
	}
	l.home.kept[l.text] = l.statement
	return nil
}
