package ledgertest_test

import (
	"bytes"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/sqlite"
)

var long = flag.Bool("long", false, "flip and kill more, for some minutes; see docs/ledger.md")

// alterations flips every byte of every row of a small ledger, one at a time.
func alterations(t *testing.T, p place) {
	w := found(t, p)
	w.fill(t, 3)
	look, err := p.look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	every := 1
	if engine, _ := p.cut(); engine == "postgres" && !*long {
		every = 11
	}
	db := p.raw(t)
	n := 0
	for _, c := range cells(t, db) {
		for at := 0; at < c.size(); at++ {
			if n++; n%every != 0 {
				continue
			}
			c.write(t, db, c.flipped(at))
			_, err := ledger.Verify(t.Context(), look, w.verifier, nil, nil)
			c.named(t, at, err)
			c.write(t, db, c.value)
		}
	}
	t.Logf("%d of %d flips tried", n/every, n)
	if n < 2500 {
		t.Errorf("only %d bytes were found to flip", n)
	}
	if _, err := ledger.Verify(t.Context(), look, w.verifier, nil, nil); err != nil {
		t.Errorf("put back as it was: %v", err)
	}
}

// cell is one value of one row.
type cell struct {
	table, column, key string
	id                 any   // of the row
	index              int64 // of the entry that must be named; -1 if none need be
	value              any
}

// cells reads every value of the ledger and the vault.
func cells(t *testing.T, db *sql.DB) []cell {
	t.Helper()
	var all []cell
	for _, table := range []struct {
		name string
		key  int // column by which a row is found
	}{{"head", 0}, {"entry", 0}, {"sealed", 3}} {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table.name)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for i, column := range columns {
				c := cell{table.name, column, columns[table.key], values[table.key], -1, values[i]}
				switch {
				case column == "id" || column == "idx":
					continue // rows that moved are another test
				case column == c.key:
					c.key, c.id = columns[0], values[0]
				case table.name == "entry":
					c.index = values[0].(int64)
				}
				all = append(all, c)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return all
}

func (c cell) size() int {
	switch v := c.value.(type) {
	case int64:
		return 64 // bits
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 0
}

func (c cell) flipped(at int) any {
	switch v := c.value.(type) {
	case int64:
		return v ^ 1<<at
	case string:
		b := []byte(v)
		b[at] ^= 4 // still a letter
		return string(b)
	case []byte:
		b := bytes.Clone(v)
		b[at] ^= 1 << (at % 8)
		return b
	}
	return nil
}

func (c cell) write(t *testing.T, db *sql.DB, value any) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), fmt.Sprintf("UPDATE %s SET %s = $1 WHERE %s = $2", c.table, c.column, c.key), value, c.id)
	done(t, "altering "+c.table+"."+c.column, err)
}

// named fails unless the fault was found, and the entry named.
func (c cell) named(t *testing.T, at int, err error) {
	t.Helper()
	f, ok := ledger.IsFinding(err)
	switch {
	case !ok || fault.KindOf(err) != fault.Corrupt:
		t.Errorf("%s.%s of %v, byte %d: %v, want a finding", c.table, c.column, c.id, at, err)
	case c.index >= 0 && f.Index != c.index:
		t.Errorf("%s.%s of %v, byte %d: names entry %d (%v)", c.table, c.column, c.id, at, f.Index, err)
	}
}

// disorder deletes, moves, exchanges and adds rows.
func disorder(t *testing.T, p place) {
	w := found(t, p)
	w.fill(t, 9)
	db := p.raw(t)
	const columns = "stream, version, command, body, leaf, nodes"
	swap := func(set string) []string { // rows 3 and 7 exchange columns
		return []string{
			"CREATE TEMPORARY TABLE kept AS SELECT * FROM entry WHERE idx IN (3, 7)",
			"UPDATE entry SET stream = 'x/' || idx, command = 'x/' || idx WHERE idx IN (3, 7)",
			"UPDATE entry SET (" + set + ") = (SELECT " + set + " FROM kept WHERE kept.idx = 10 - entry.idx) WHERE idx IN (3, 7)",
			"DROP TABLE kept",
		}
	}
	for _, c := range []struct {
		what    string
		sql     []string
		index   int64
		problem string
	}{
		{"the first is deleted", []string{"DELETE FROM entry WHERE idx = 0"}, 0, "it is missing: the next one stored is 1"},
		{"one is deleted", []string{"DELETE FROM entry WHERE idx = 4"}, 4, "it is missing: the next one stored is 5"},
		{"the last is deleted", []string{"DELETE FROM entry WHERE idx = 8"}, 8, "it is missing: the checkpoint says 9 entries"},
		{"all are deleted", []string{"DELETE FROM entry"}, 0, "it is missing: the checkpoint says 9 entries"},
		{"one moved on", []string{"UPDATE entry SET idx = 20 WHERE idx = 4"}, 20, "it stands behind the end: the checkpoint says 9 entries"},
		{"one moved before the first", []string{"UPDATE entry SET idx = -4 WHERE idx = 4"}, -4, "it stands before the beginning"},
		{
			"two exchanged their places",
			[]string{"UPDATE entry SET idx = -1 WHERE idx = 3", "UPDATE entry SET idx = 3 WHERE idx = 7", "UPDATE entry SET idx = 7 WHERE idx = -1"},
			3, "altered or reordered: the stored hashes of the entries up to it are not theirs",
		},
		{"two exchanged everything but hashes", swap("stream, version, command, body, leaf"), 3, "reordered: what stands here is entry 7"},
		{"two exchanged everything", swap(columns), 3, "altered or reordered: the stored hashes of the entries up to it are not theirs"},
		{
			"one was put in",
			[]string{"INSERT INTO entry (idx, " + columns + ") SELECT 9, stream, 99, NULL, body, leaf, nodes FROM entry WHERE idx = 8"},
			9, "it stands behind the end: the checkpoint says 9 entries",
		},
		{"a body is gone", []string{"DELETE FROM sealed WHERE hash = (SELECT body FROM entry WHERE idx = 6)"}, 6, "its body is missing among the sealed"},
		{"evidence is gone", []string{"DELETE FROM sealed WHERE subject = 'dossier/d2' AND hash NOT IN (SELECT body FROM entry)"}, 2, "its evidence"},
		{"everything sealed is gone", []string{"DELETE FROM sealed"}, 0, "its body is missing among the sealed"},
		{"the head is gone", []string{"DELETE FROM head"}, -1, ""},
	} {
		look, err := p.look(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		before := dump(t, db)
		change(t, db, c.sql...)
		_, err = ledger.Verify(t.Context(), look, w.verifier, nil, nil)
		f, ok := ledger.IsFinding(err)
		switch {
		case c.problem == "":
			wantKind(t, c.what, err, fault.NotFound)
		case !ok || f.Index != c.index || !bytes.HasPrefix([]byte(f.Problem), []byte(c.problem)):
			t.Errorf("%s: %v, want entry %d: %s", c.what, err, c.index, c.problem)
		}
		look.Close()
		before.restore(t, db)
	}
	if r, err := w.check(t); err != nil || r.Entries != 9 {
		t.Errorf("put back as it was: %+v, %v", r, err)
	}
	added := w.draft(t, "dossier/d9", 1, "c-x", "x").Body
	digest := added.Digest()
	_, err := db.ExecContext(t.Context(), "INSERT INTO sealed (hash, subject, cipher, digest) VALUES ($1, $2, $3, $4)", added.Hash[:], added.Subject, added.Cipher, digest[:])
	done(t, "adding to the vault", err)
	if _, err := w.check(t); err == nil || err.Error() != fmt.Sprintf("sealed %x is named by no event", added.Hash[:8]) {
		t.Errorf("a sealed thing too many: %v", err)
	}
}

func change(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	for _, s := range statements {
		if _, err := tx.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	done(t, "changing the database", tx.Commit())
}

// rows are the rows of the three tables.
type rows map[string][][]any

var widths = map[string]int{"head": 4, "entry": 7, "sealed": 4}

func dump(t *testing.T, db *sql.DB) rows {
	t.Helper()
	all := rows{}
	for table, width := range widths {
		r, err := db.QueryContext(t.Context(), "SELECT * FROM "+table+" ORDER BY 1")
		if err != nil {
			t.Fatal(err)
		}
		for r.Next() {
			values, into := make([]any, width), make([]any, width)
			for i := range values {
				into[i] = &values[i]
			}
			done(t, "reading "+table, r.Scan(into...))
			all[table] = append(all[table], values)
		}
		done(t, "reading "+table, r.Err())
		r.Close()
	}
	return all
}

func (all rows) restore(t *testing.T, db *sql.DB) {
	t.Helper()
	change(t, db, "DELETE FROM head", "DELETE FROM entry", "DELETE FROM sealed")
	for table, width := range widths {
		for _, values := range all[table] {
			text := "INSERT INTO " + table + " VALUES ($1, $2, $3, $4, $5, $6, $7"[:len(" VALUES ($1")+4*(width-1)] + ")"
			_, err := db.ExecContext(t.Context(), text, values...)
			done(t, "putting back "+table, err)
		}
	}
}

// rewriting is what the holder of the signer key can do: only a checkpoint that
// was kept elsewhere finds it.
func rewriting(t *testing.T, p place) {
	w := found(t, p)
	w.fill(t, 5)
	kept := w.checkpoint(t)
	db := p.raw(t)
	five := dump(t, db)
	for i := range 3 {
		w.append(t, w.draft(t, "dossier/late", uint64(i+1), fmt.Sprintf("l-%d", i), "x"))
	}
	late := w.checkpoint(t)

	five.restore(t, db) // the last three never were
	if _, err := w.check(t, kept); err != nil {
		t.Errorf("a ledger that was cut agrees with a checkpoint of before: %v", err)
	}
	_, err := w.check(t, late)
	wantKind(t, "a ledger that was cut", err, fault.Corrupt)

	change(t, db, "DELETE FROM head", "DELETE FROM entry", "DELETE FROM sealed")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Store, err = p.open(t.Context(), w.signer); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for i := range 7 {
		w.append(t, w.draft(t, "dossier/other", uint64(i+1), fmt.Sprintf("o-%d", i), "another story"))
	}
	if _, err := w.check(t); err != nil {
		t.Errorf("the new story is whole in itself: %v", err)
	}
	_, err = w.check(t, kept)
	if f, ok := ledger.IsFinding(err); !ok || f.Problem != "rewritten: the first 5 entries are not those of the checkpoint" {
		t.Errorf("the new story against the kept checkpoint: %v", err)
	}
}

// TestFlippedBytesOfTheFile flips bytes of a SQLite file. Much of it is room that
// nothing stands in, so each flip must be found, or change nothing that is read.
func TestFlippedBytesOfTheFile(t *testing.T) {
	dir := t.TempDir()
	w := found(t, place("sqlite "+dir))
	w.fill(t, 4)
	_, err := w.raw(t).ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)")
	done(t, "emptying the log", err)
	whole, err := os.ReadFile(filepath.Join(dir, sqlite.LedgerFile))
	if err != nil {
		t.Fatal(err)
	}
	want, err := everything(t, dir, w)
	if err != nil {
		t.Fatal(err)
	}
	every, foundBad, harmless := 293, 0, 0
	if *long {
		every = 13
	}
	for at := 0; at < len(whole); at += every {
		bad := bytes.Clone(whole)
		bad[at] ^= 1 << (at % 8)
		hurt := t.TempDir()
		done(t, "writing", os.WriteFile(filepath.Join(hurt, sqlite.LedgerFile), bad, 0o600))
		got, err := everything(t, hurt, w)
		switch {
		case err != nil:
			foundBad++
		case got == want:
			harmless++
		default:
			t.Errorf("byte %d of the file: the ledger seems whole and says something else", at)
		}
	}
	t.Logf("%d bytes of %d flipped: %d found, %d in room where nothing stands", foundBad+harmless, len(whole), foundBad, harmless)
	if foundBad == 0 || harmless == 0 {
		t.Error("this test flips the wrong bytes")
	}
}

// everything verifies the ledger in dir and returns all that it says.
func everything(t *testing.T, dir string, w *world) (string, error) {
	look, err := sqlite.Look(t.Context(), dir)
	if err != nil {
		return "", err
	}
	defer look.Close()
	if _, err := ledger.Verify(t.Context(), look, w.verifier, nil, nil); err != nil {
		return "", err
	}
	if err := sqlite.Check(t.Context(), dir); err != nil {
		return "", err
	}
	out := ""
	for h, err := range look.Walk(t.Context(), 0) {
		if err != nil {
			return "", err
		}
		out += fmt.Sprintf("%d %s %x\n", h.Index, h.Envelope.Encode(), h.Body.Cipher)
	}
	for _, stream := range []string{"dossier/d0", "dossier/d1", "dossier/d2", "dossier/d3"} {
		all, err := look.Stream(t.Context(), stream, 0)
		if err != nil {
			return "", err
		}
		out += fmt.Sprintf("%s has %d\n", stream, len(all))
	}
	return out, nil
}
