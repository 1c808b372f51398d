package ledgertest_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"interdict/internal/query"
)

// heard passes queries on and keeps their names.
type heard struct {
	query.DBTX
	mu    sync.Mutex
	names map[string]bool
}

var named = regexp.MustCompile(`-- name: (\w+)`)

func (h *heard) note(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if m := named.FindStringSubmatch(text); m != nil {
		h.names[m[1]] = true
	}
}

func (h *heard) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	h.note(text)
	return h.DBTX.ExecContext(ctx, text, args...)
}

func (h *heard) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	h.note(text)
	return h.DBTX.QueryContext(ctx, text, args...)
}

func (h *heard) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	h.note(text)
	return h.DBTX.QueryRowContext(ctx, text, args...)
}

// queries asks every query, and fails when one was forgotten here.
func queries(t *testing.T, p place) {
	h := &heard{DBTX: p.raw(t), names: map[string]bool{}}
	for _, part := range []func(*testing.T, *query.Queries){ledgerQueries, itemQueries, tieQueries, credentialQueries, loginQueries, webhookQueries} {
		part(t, query.New(h))
	}
	keyQueries(t, p, h)

	files, err := filepath.Glob("../../query/sql/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries found: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			if !h.names[m[1]] {
				t.Errorf("query %s of %s is not tested", m[1], filepath.Base(file))
			}
		}
	}
}

// same fails unless a query answered what is wanted, without an error.
func same[T any](t *testing.T, what string, want T) func(T, error) {
	return func(got T, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
}

// done fails unless a query that answers nothing was carried out.
func done(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func collect[T any](seq func(func(T, error) bool)) (all []T, err error) {
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

func ledgerQueries(t *testing.T, q *query.Queries) {
	ctx := t.Context()
	done(t, "FoundHead", q.FoundHead(ctx, query.FoundHeadParams{Edge: []byte{}, Checkpoint: []byte("zero")}))
	done(t, "FoundHead again", q.FoundHead(ctx, query.FoundHeadParams{Edge: []byte{9}, Checkpoint: []byte("other")}))
	same(t, "Head", query.HeadRow{Edge: []byte{}, Checkpoint: []byte("zero"), LastIdx: -1})(q.Head(ctx))
	same(t, "MoveHead", int64(1))(q.MoveHead(ctx, query.MoveHeadParams{Size: 2, Edge: []byte{0, 255}, Checkpoint: []byte("two")}))
	same(t, "LockHead", query.LockHeadRow{Size: 2, Edge: []byte{0, 255}, Checkpoint: []byte("two")})(q.LockHead(ctx))

	sealed := query.Sealed{Hash: []byte{1, 0}, Subject: "dossier/d1", Cipher: []byte{0, 1, 2}, Digest: []byte{3}}
	same(t, "AddSealed", int64(1))(q.AddSealed(ctx, query.AddSealedParams(sealed)))
	same(t, "AddSealed again", int64(0))(q.AddSealed(ctx, query.AddSealedParams(sealed)))
	same(t, "SealedOf", sealed)(q.SealedOf(ctx, sealed.Hash))
	var entries []query.Entry
	for i, command := range []string{"c-1", ""} {
		e := query.Entry{
			Idx: int64(i), Stream: "dossier/d1", Version: int64(i + 1), Command: sql.NullString{String: command, Valid: command != ""},
			Body: []byte{1, byte(i)}, Leaf: fmt.Appendf(nil, "leaf %d", i), Nodes: []byte{byte(i)},
		}
		done(t, "AddEntry", q.AddEntry(ctx, query.AddEntryParams(e)))
		entries = append(entries, e)
	}
	same(t, "Entry", entries[1])(q.Entry(ctx, 1))
	same(t, "Entries", entries)(q.Entries(ctx, query.EntriesParams{Idx: -1, Idx_2: 2}))
	same(t, "Entries, some", entries[:1])(q.Entries(ctx, query.EntriesParams{Idx: 0, Idx_2: 1}))
	same(t, "Standing", query.StandingRow{DoneAt: 0, Version: 2})(q.Standing(ctx, query.StandingParams{Command: entries[0].Command, Stream: "dossier/d1"}))
	same(t, "Standing of nothing", query.StandingRow{DoneAt: -1})(q.Standing(ctx, query.StandingParams{Command: sql.NullString{String: "c-9", Valid: true}, Stream: "dossier/d9"}))
	same(t, "EntryOfCommand", int64(0))(q.EntryOfCommand(ctx, sql.NullString{String: "c-1", Valid: true}))
	same(t, "LastOfStream", query.LastOfStreamRow{Idx: 1, Version: 2, Leaf: []byte("leaf 1")})(q.LastOfStream(ctx, "dossier/d1"))
	rows := []query.HappenedFromRow{
		{Leaf: []byte("leaf 0"), Hash: sealed.Hash, Subject: sql.NullString{String: "dossier/d1", Valid: true}, Cipher: sealed.Cipher},
		{Idx: 1, Leaf: []byte("leaf 1")}, // what it names is not sealed
	}
	same(t, "HappenedFrom", rows)(q.HappenedFrom(ctx, 0))
	same(t, "WalkHappened", rows[1:])(collect(q.WalkHappened(ctx, 1)))
	of, err := q.EntriesOfStream(ctx, query.EntriesOfStreamParams{Stream: "dossier/d1", Version: 0, Idx: 0})
	if err != nil || len(of) != 1 || !cmp.Equal(query.HappenedFromRow(of[0]), rows[0]) {
		t.Errorf("EntriesOfStream: %+v, %v", of, err)
	}
	row := query.AllSealedRow{Size: 2, Hash: sealed.Hash, Subject: sealed.Subject, Cipher: sealed.Cipher, Digest: sealed.Digest}
	same(t, "AllSealed", []query.AllSealedRow{row})(q.AllSealed(ctx))
}

func itemQueries(t *testing.T, q *query.Queries) {
	ctx := t.Context()
	// Upper case before lower case, and "é" last: the order of the bytes.
	items := []query.Item{
		{Stream: "dossier/B", Kind: "dossier", ID: "B", Version: 1, State: "open", Owner: "agency-1", Opened: -5, Changed: 7, Due: 30, FirstIdx: 1, LastIdx: 2},
		{Stream: "dossier/a", Kind: "dossier", ID: "a", Version: 3, State: "open", Owner: "agency-2", Due: 10},
		{Stream: "dossier/b", Kind: "dossier", ID: "b", Version: 1 << 60, State: "closed", Owner: "agency-1", Due: 0},
		{Stream: "dossier/é", Kind: "dossier", ID: "é", Version: 1, State: "open", Owner: "", Due: 10},
		{Stream: "material/m", Kind: "material", ID: "m", Version: 1, State: "open", Owner: "agency-1", Due: 20},
	}
	for _, i := range slices.Backward(items) {
		first := i
		first.State, first.Version, first.Owner = "new", 0, "nobody"
		done(t, "PutItem", q.PutItem(ctx, query.PutItemParams(first)))
		done(t, "PutItem again", q.PutItem(ctx, query.PutItemParams(i)))
	}
	same(t, "Item", items[0])(q.Item(ctx, "dossier/B"))
	same(t, "AllItems", items)(q.AllItems(ctx))
	for _, c := range []struct {
		what string
		ask  query.ItemsOfKindParams
		want []query.Item
	}{
		{"all", query.ItemsOfKindParams{Kind: "dossier", Limit: 9}, items[:4]},
		{"of a state", query.ItemsOfKindParams{Kind: "dossier", State: "open", Limit: 9}, []query.Item{items[0], items[1], items[3]}},
		{"of an owner", query.ItemsOfKindParams{Kind: "dossier", Owner: "agency-1", Limit: 9}, []query.Item{items[0], items[2]}},
		{"of both", query.ItemsOfKindParams{Kind: "dossier", State: "open", Owner: "agency-1", Limit: 9}, items[:1]},
		{"a page", query.ItemsOfKindParams{Kind: "dossier", Limit: 2}, items[:2]},
		{"the next page", query.ItemsOfKindParams{Kind: "dossier", Stream: "dossier/a", Limit: 2}, items[2:4]},
		{"none", query.ItemsOfKindParams{Kind: "session", Limit: 9}, nil},
	} {
		same(t, "ItemsOfKind: "+c.what, c.want)(q.ItemsOfKind(ctx, c.ask))
	}
	same(t, "ItemsDue", []query.Item{items[1], items[3], items[4]})(q.ItemsDue(ctx, query.ItemsDueParams{Due: 20, Limit: 9}))
	same(t, "ItemsDue, a page", items[1:2])(q.ItemsDue(ctx, query.ItemsDueParams{Due: 99, Limit: 1}))
	itemsFalling(t, q, items)
	for _, source := range []string{"dossier/b", "dossier/B", "material/none"} {
		done(t, "PutTie", q.PutTie(ctx, query.PutTieParams{Source: source, Relation: "cites", Target: "material/m"}))
	}
	done(t, "PutTie", q.PutTie(ctx, query.PutTieParams{Source: "dossier/a", Relation: "answers", Target: "material/m"}))
	same(t, "ItemsTied", []query.Item{items[0], items[2]})(q.ItemsTied(ctx, query.ItemsTiedParams{Target: "material/m", Relation: "cites"}))
	itemsLatest(t, q, items)
	done(t, "ClearTies", q.ClearTies(ctx))
	done(t, "ClearItems", q.ClearItems(ctx))
	same(t, "AllItems after", []query.Item(nil))(q.AllItems(ctx))
}

// itemsLatest finds what an owner began last, the last first.
func itemsLatest(t *testing.T, q *query.Queries, items []query.Item) {
	younger, twin := items[0], items[0]
	younger.Stream, younger.ID, younger.Opened = "dossier/A", "A", 9
	twin.Stream, twin.ID = "dossier/C", "C"
	for _, i := range []query.Item{younger, twin} {
		done(t, "PutItem", q.PutItem(t.Context(), query.PutItemParams(i)))
	}
	ask := query.ItemsLatestParams{Kind: "dossier", State: "open", Owner: "agency-1", Limit: 9}
	same(t, "ItemsLatest", []query.Item{younger, twin, items[0]})(q.ItemsLatest(t.Context(), ask))
	ask.Limit = 1
	same(t, "ItemsLatest, one", []query.Item{younger})(q.ItemsLatest(t.Context(), ask))
}

// itemsFalling pages through what is due, by the date and then by the stream.
func itemsFalling(t *testing.T, q *query.Queries, items []query.Item) {
	for _, c := range []struct {
		what string
		ask  query.ItemsFallingParams
		want []query.Item
	}{
		{"all, but what is never due", query.ItemsFallingParams{Due: 99, Limit: 9}, []query.Item{items[1], items[3], items[4], items[0]}},
		{"until a date, included", query.ItemsFallingParams{Due: 20, Limit: 9}, []query.Item{items[1], items[3], items[4]}},
		{"of a kind", query.ItemsFallingParams{Due: 20, Kind: "dossier", Limit: 9}, []query.Item{items[1], items[3]}},
		{"a page", query.ItemsFallingParams{Due: 99, Limit: 1}, items[1:2]},
		{"the next page, due at once with the last", query.ItemsFallingParams{Due: 99, Due_2: 10, Stream: "dossier/a", Limit: 2}, items[3:5]},
		{"the last page", query.ItemsFallingParams{Due: 99, Due_2: 30, Stream: "dossier/B", Limit: 9}, nil},
	} {
		same(t, "ItemsFalling: "+c.what, c.want)(q.ItemsFalling(t.Context(), c.ask))
	}
}

func tieQueries(t *testing.T, q *query.Queries) {
	ctx := t.Context()
	ties := []query.Tie{
		{Source: "a", Relation: "Z", Target: "x", Idx: 1},
		{Source: "a", Relation: "b", Target: "Y", Idx: 2},
		{Source: "a", Relation: "b", Target: "x", Idx: 3},
		{Source: "c", Relation: "b", Target: "x", Idx: 4},
	}
	for _, e := range slices.Backward(ties) {
		done(t, "PutTie", q.PutTie(ctx, query.PutTieParams(e)))
		e.Idx = 99 // the first stays
		done(t, "PutTie again", q.PutTie(ctx, query.PutTieParams(e)))
	}
	same(t, "AllTies", ties)(q.AllTies(ctx))
	same(t, "TiesFrom", ties[:3])(q.TiesFrom(ctx, "a"))
	same(t, "TiesTo", []query.Tie{ties[0], ties[2], ties[3]})(q.TiesTo(ctx, "x"))
	same(t, "DropTie", int64(1))(q.DropTie(ctx, query.DropTieParams{Source: "a", Relation: "b", Target: "x"}))
	same(t, "DropTie again", int64(0))(q.DropTie(ctx, query.DropTieParams{Source: "a", Relation: "b", Target: "x"}))
	same(t, "TiesFrom after", ties[:2])(q.TiesFrom(ctx, "a"))
	done(t, "ClearTies", q.ClearTies(ctx))
	for _, e := range []query.Tie{
		{Source: "a", Relation: "near", Target: "1"},
		{Source: "a", Relation: "near", Target: "2"},
		{Source: "a", Relation: "encloses", Target: "x"},
		{Source: "a", Relation: "cites", Target: "y"},
		{Source: "B", Relation: "near", Target: "1"},
		{Source: "B", Relation: "near", Target: "2"},
		{Source: "b", Relation: "near", Target: "2"},
		{Source: "b", Relation: "encloses", Target: "x"},
		{Source: "c", Relation: "cites", Target: "y"},
		{Source: "c", Relation: "encloses", Target: "1"},
	} {
		done(t, "PutTie", q.PutTie(ctx, query.PutTieParams(e)))
	}
	same(t, "AlikeTo", []query.AlikeToRow{{Source: "B", Relation: "near", Shared: 2}, {Source: "b", Relation: "encloses", Shared: 1}, {Source: "b", Relation: "near", Shared: 1}})(q.AlikeTo(ctx, "a"))
	done(t, "ClearTies", q.ClearTies(ctx))
	same(t, "AllTies after", []query.Tie(nil))(q.AllTies(ctx))
}

func credentialQueries(t *testing.T, q *query.Queries) {
	ctx := t.Context()
	one := query.Credential{ID: "K1", Person: "m-1", Kind: "password", Secret: []byte{0, 255}, Data: `{"step":1}`, Created: 5, Expires: 9}
	two := query.Credential{ID: "k0", Person: "m-1", Kind: "key", Secret: []byte{1}}
	done(t, "AddCredential", q.AddCredential(ctx, query.AddCredentialParams(two)))
	done(t, "AddCredential", q.AddCredential(ctx, query.AddCredentialParams(one)))
	if q.AddCredential(ctx, query.AddCredentialParams(one)) == nil {
		t.Error("AddCredential: two of one id")
	}
	same(t, "Credential", one)(q.Credential(ctx, "K1"))
	same(t, "CredentialsOf", []query.Credential{one, two})(q.CredentialsOf(ctx, "m-1"))
	same(t, "CredentialsOf nobody", []query.Credential(nil))(q.CredentialsOf(ctx, "m-2"))
	change := query.UpdateCredentialDataParams{ID: "K1", Data: `{"step":2}`, Data_2: one.Data}
	same(t, "UpdateCredentialData", int64(1))(q.UpdateCredentialData(ctx, change))
	same(t, "UpdateCredentialData by the slower", int64(0))(q.UpdateCredentialData(ctx, change))
	same(t, "RevokeCredential", int64(1))(q.RevokeCredential(ctx, query.RevokeCredentialParams{ID: "K1", Revoked: 7}))
	same(t, "RevokeCredential again", int64(0))(q.RevokeCredential(ctx, query.RevokeCredentialParams{ID: "K1", Revoked: 8}))
	one.Data, one.Revoked = change.Data, 7
	same(t, "Credential after", one)(q.Credential(ctx, "K1"))
	late := query.UpdateCredentialDataParams{ID: "K1", Data: "x", Data_2: one.Data}
	same(t, "UpdateCredentialData of a revoked one", int64(0))(q.UpdateCredentialData(ctx, late))
}

func loginQueries(t *testing.T, q *query.Queries) {
	ctx := t.Context()
	for i, person := range []string{"m-1", "m-1", "m-2", "m-3", "m-3"} {
		done(t, "AddLogin", q.AddLogin(ctx, query.AddLoginParams{Token: []byte{0, byte(i)}, Person: person, Created: 1, Expires: int64(10 * i)}))
	}
	same(t, "Login", query.Login{Token: []byte{0, 2}, Person: "m-2", Created: 1, Expires: 20})(q.Login(ctx, []byte{0, 2}))
	same(t, "DropLogin", int64(1))(q.DropLogin(ctx, []byte{0, 2}))
	same(t, "DropLogin again", int64(0))(q.DropLogin(ctx, []byte{0, 2}))
	same(t, "DropLoginsOf", int64(2))(q.DropLoginsOf(ctx, "m-1"))
	same(t, "DropExpiredLogins", int64(1))(q.DropExpiredLogins(ctx, 30))
	same(t, "Login left", query.Login{Token: []byte{0, 4}, Person: "m-3", Created: 1, Expires: 40})(q.Login(ctx, []byte{0, 4}))
}

// keyQueries asks through the key store, whose database lies apart; the names
// are known from the calls.
func keyQueries(t *testing.T, p place, h *heard) {
	keys, err := p.keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	done(t, "AddKey", keys.Add(t.Context(), "Dossier/é", []byte{0, 1}))
	done(t, "ReplaceKey", keys.Replace(t.Context(), "Dossier/é", []byte{0, 2}))
	same(t, "Key", []byte{0, 2})(keys.Key(t.Context(), "Dossier/é"))
	for _, name := range []string{"AddKey", "ReplaceKey", "Key"} {
		h.names[name] = true
	}
}
