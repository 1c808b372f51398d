package signin_test

import (
	"strings"
	"testing"
	"time"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

func TestKeys(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	grant := signin.Grant{Person: "robot", Scope: []access.Action{access.MaterialSubmit, access.ScreenName}, Label: "intake", Until: day.Add(24 * time.Hour)}
	key, c, err := h.gate.IssueKey(day, grant)
	h.do(c, err)
	grant.Person, grant.Scope = "other", []access.Action{access.MaterialList}
	other, c, err := h.gate.IssueKey(day, grant)
	h.do(c, err)
	h.secrets = append(h.secrets, key[strings.LastIndex(key, "_")+1:], other[strings.LastIndex(other, "_")+1:])

	who, err := h.gate.Key(ctx, day, key)
	if err != nil || who.Person != "robot" || len(who.Scope) != 2 || who.With == "" {
		t.Fatalf("%+v, %v", who, err)
	}
	if who, err := h.gate.Key(ctx, day, other); err != nil || who.Person != "other" || len(who.Scope) != 1 {
		t.Errorf("%+v, %v", who, err)
	}
	mixed := key[:strings.LastIndex(key, "_")] + other[strings.LastIndex(other, "_"):]
	for _, wrong := range []string{"", "ik", "ik__", "ik_a_b", mixed, key + "x", key[:len(key)-1], "ic" + key[2:]} {
		_, err := h.gate.Key(ctx, day, wrong)
		is(t, "key "+wrong, err, fault.Forbidden)
	}
	_, err = h.gate.Key(ctx, day.Add(24*time.Hour), key)
	is(t, "a key at its end", err, fault.Forbidden)
	h.do(h.gate.Revoke(ctx, day, who.With, "seen in a log"))
	_, err = h.gate.Key(ctx, day, key)
	is(t, "a revoked key", err, fault.Forbidden)
	_, err = h.gate.Revoke(ctx, day, who.With, "again")
	is(t, "revoking twice", err, fault.Conflict)
	_, err = h.gate.Revoke(ctx, day, "key/none", "x")
	is(t, "revoking nothing", err, fault.NotFound)

	for what, g := range map[string]signin.Grant{
		"nobody's key":            {Scope: grant.Scope, Until: grant.Until},
		"a key for nothing":       {Person: "robot", Until: grant.Until},
		"a key for what is not":   {Person: "robot", Scope: []access.Action{"dossier.shred"}, Until: grant.Until},
		"a key without end":       {Person: "robot", Scope: grant.Scope},
		"a key for ten years":     {Person: "robot", Scope: grant.Scope, Until: day.AddDate(10, 0, 0)},
		"a key that is over":      {Person: "robot", Scope: grant.Scope, Until: day},
		"a key of the system":     {Person: roster.System, Scope: grant.Scope, Until: grant.Until},
		"a key for an empty word": {Person: "robot", Scope: []access.Action{""}, Until: grant.Until},
	} {
		_, _, err := h.gate.IssueKey(day, g)
		is(t, what, err, fault.Invalid)
	}
	h.quiet()
}

func TestGateWantsAKeyOfItsOwn(t *testing.T) {
	for what, c := range map[string]signin.Config{
		"a short key":      {Key: []byte("short"), Host: host, Origins: []string{origin}, Session: time.Hour},
		"endless sessions": {Key: make([]byte, 32), Host: host, Origins: []string{origin}},
		"no origin":        {Key: make([]byte, 32), Host: host, Session: time.Hour},
		"a cheap password": {Key: make([]byte, 32), Host: host, Origins: []string{origin}, Session: time.Hour, Cost: signin.Cost{Memory: 1}},
	} {
		_, err := signin.New(c)
		is(t, what, err, fault.Invalid)
	}
}
