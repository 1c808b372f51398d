package ledgertest_test

import (
	"database/sql"
	"errors"
	"testing"

	"interdict/internal/query"
)

// webhookQueries asks everything about endpoints, hints and how they went.
func webhookQueries(t *testing.T, q *query.Queries) {
	ctx := t.Context()
	end := query.Endpoint{ID: "H1", Url: "https://a.example", Sending: 1, Secret: []byte{1, 0}, Former: []byte{}}
	for _, id := range []string{"H1", "H2"} {
		done(t, "AddEndpoint", q.AddEndpoint(ctx, query.AddEndpointParams{ID: id, Url: end.Url, Secret: end.Secret, Former: end.Former}))
	}
	same(t, "RotateSecret", int64(1))(q.RotateSecret(ctx, query.RotateSecretParams{ID: "H1", Secret: []byte{2}, Until: 90}))
	end.Former, end.Secret, end.Until = end.Secret, []byte{2}, 90
	same(t, "Endpoint", end)(q.Endpoint(ctx, "H1"))

	hint := func(id, endpoint string, at int64) query.Hint {
		return query.Hint{ID: id, Endpoint: endpoint, Topic: "edition.published", Thing: "edition/000001", Happened: at, State: "waiting", Due: at, Log: "[]"}
	}
	for _, h := range []query.Hint{hint("m2", "H1", 20), hint("m1", "H1", 10), hint("m3", "H2", 30)} {
		same(t, "AddHint", int64(1))(q.AddHint(ctx, query.AddHintParams{ID: h.ID, Topic: h.Topic, Thing: h.Thing, Happened: h.Happened, ID_2: h.Endpoint}))
	}
	same(t, "AddHint to nobody", int64(0))(q.AddHint(ctx, query.AddHintParams{ID: "m9", Topic: "x", Thing: "y", Happened: 1, ID_2: "H9"}))
	same(t, "EndpointsDue", []string{"H1", "H2"})(q.EndpointsDue(ctx, 30))
	same(t, "EndpointsDue, before", []string{"H1"})(q.EndpointsDue(ctx, 29))
	same(t, "SetSending", int64(1))(q.SetSending(ctx, query.SetSendingParams{ID: "H2", Sending: 0}))
	same(t, "EndpointsDue, one held", []string{"H1"})(q.EndpointsDue(ctx, 30))
	absent(t, "NextHint of what is held")(q.NextHint(ctx, query.NextHintParams{Endpoint: "H2", Due: 99}))
	same(t, "NextHint", hint("m1", "H1", 10))(q.NextHint(ctx, query.NextHintParams{Endpoint: "H1", Due: 99}))

	claim := query.ClaimHintParams{ID: "m1", Claim: "c", Due: 70, Tries: 0, Due_2: 10}
	same(t, "ClaimHint", int64(1))(q.ClaimHint(ctx, claim))
	same(t, "ClaimHint again", int64(0))(q.ClaimHint(ctx, claim))
	same(t, "NextHint beside the claim", hint("m2", "H1", 20))(q.NextHint(ctx, query.NextHintParams{Endpoint: "H1", Due: 69}))
	same(t, "ReviveHint under way", int64(0))(q.ReviveHint(ctx, query.ReviveHintParams{ID: "m1", Endpoint: "H1", Due: 5}))
	same(t, "SettleHint of another claim", int64(0))(q.SettleHint(ctx, query.SettleHintParams{ID: "m1", State: "dead", Claim: "d"}))
	same(t, "SettleHint", int64(1))(q.SettleHint(ctx, query.SettleHintParams{ID: "m1", State: "dead", Failed: 11, Due: 75, Log: `["no ☹"]`, Claim: "c"}))

	dead := hint("m1", "H1", 10)
	dead.State, dead.Tries, dead.Failed, dead.Due, dead.Log = "dead", 1, 11, 75, `["no ☹"]`
	same(t, "HintsOf", []query.Hint{hint("m2", "H1", 20), dead})(q.HintsOf(ctx, query.HintsOfParams{Endpoint: "H1", Limit: 9}))
	same(t, "HintsOf, dead", []query.Hint{dead})(q.HintsOf(ctx, query.HintsOfParams{Endpoint: "H1", State: "dead", Limit: 9}))
	same(t, "HintsOf, one", []query.Hint{hint("m2", "H1", 20)})(q.HintsOf(ctx, query.HintsOfParams{Endpoint: "H1", Limit: 1}))
	same(t, "ReviveHint of another", int64(0))(q.ReviveHint(ctx, query.ReviveHintParams{ID: "m1", Endpoint: "H2", Due: 80}))
	same(t, "ReviveHint", int64(1))(q.ReviveHint(ctx, query.ReviveHintParams{ID: "m1", Endpoint: "H1", Due: 80}))
	dead.State, dead.Failed, dead.Due = "waiting", 0, 80
	same(t, "HintsOf, revived", []query.Hint{hint("m2", "H1", 20), dead})(q.HintsOf(ctx, query.HintsOfParams{Endpoint: "H1", State: "waiting", Limit: 9}))
	forgetHints(t, q)
}

func forgetHints(t *testing.T, q *query.Queries) {
	ctx := t.Context()
	same(t, "ClaimHint", int64(1))(q.ClaimHint(ctx, query.ClaimHintParams{ID: "m2", Claim: "c", Due: 70, Due_2: 20}))
	same(t, "SettleHint", int64(1))(q.SettleHint(ctx, query.SettleHintParams{ID: "m2", State: "delivered", Due: 50, Claim: "c"}))
	same(t, "DropDelivered, too young", int64(0))(q.DropDelivered(ctx, 50))
	same(t, "DropDelivered", int64(1))(q.DropDelivered(ctx, 51))
	same(t, "DropHintsOf", int64(1))(q.DropHintsOf(ctx, "H1"))
	same(t, "DropEndpoint", int64(1))(q.DropEndpoint(ctx, "H1"))
	absent(t, "Endpoint dropped")(q.Endpoint(ctx, "H1"))
}

// absent fails unless a query found no row.
func absent(t *testing.T, what string) func(any, error) {
	return func(got any, err error) {
		t.Helper()
		if !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("%s: %+v, %v", what, got, err)
		}
	}
}
