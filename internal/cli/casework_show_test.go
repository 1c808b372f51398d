package cli_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/cli"
	"interdict/internal/fault"
)

func TestAThingIsShownInWordsAndTables(t *testing.T) {
	got, err := cli.ShowThing("dossier", `{"stream":"dossier/D1","id":"D1","version":7,"as_of":12,"parts":["dossier.read_closed"],"content":{
		"id":"D1","title":"A case","version":7,"state":"open","at":"2026-03-02T09:00:00.123456Z","into":"","from":null,
		"subject":{"Kind":"organisation","Names":[{"Full":"Islamic State","Quality":"strong"},{"Full":"IG","Quality":"weak"}],
			"Births":null,"Identifiers":[{"Type":"registration","Number":"HRB 1","Country":"DE"}]},
		"team":["a","b"],
		"content":{"allegations":[
			{"key":"a1","text":"one","spans":[{"material":"M1","document":"aa","start":3,"end":9,"quote":"bb"}]},
			{"key":"a2","text":"two","closed":true}],
			"timeline":[{"key":"t1","when":{"From":{"Y":2015,"M":6,"D":1},"To":{"Y":2015,"M":6,"D":30},"Precision":3},"text":"seen"}]},
		"askings":[{"key":"r1","clock":{"rule":{"amount":1},"due":"2026-03-09T09:00:00Z","pauses":[{"from":"2026-03-03T09:00:00Z"}],"extensions":[{},{}]},
			"answer":{"key":"r1","text":"it is so"}}]}}`)
	if err != nil {
		t.Fatal(err)
	}
	want := `dossier D1  version 7  as it was at entry 12  dossier.read_closed
title    A case
state    open
at       2026-03-02T09:00:00Z
subject  organisation: Islamic State · IG (weak); registration HRB 1 DE
team     a, b

content allegations
key  text  spans    closed
a1   one   M1[3:9]
a2   two            true

content timeline
key  when     text
t1   2015-06  seen

askings
key  clock                                                                      answer
r1   due 2026-03-09T09:00:00Z, paused since 2026-03-03T09:00:00Z, 2 extensions  key r1, text it is so
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsLongAndTheSameInAllRowsIsSaidOnce(t *testing.T) {
	long := strings.Repeat("ab", 32)
	got, err := cli.ShowThing("material", `{"id":"M1","version":1,"content":{"mentions":[{"key":"1","place":"`+long+`"},{"key":"2","place":"`+long+`"}]}}`)
	if err != nil || strings.Count(got, long) != 1 || !strings.Contains(got, "place of all: "+long+"\nkey\n1\n2\n") {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestARowIsNamedOnceByItsKey(t *testing.T) {
	got, err := cli.ShowThing("roster", `{"id":"main","version":1,"content":{"people":{"ada":{"id":"ada","name":"Ada"}},"seats":{"chair":{"holder":"ada"}}}}`)
	want := "roster main  version 1  \n\npeople\nid   name\nada  Ada\n\nseats\n       holder\nchair  ada\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, cmp.Diff(want, got))
	}
}

func TestWhatIsNoThingIsSaid(t *testing.T) {
	for _, text := range []string{"", "<html>", "[]", `{"id":`} {
		if _, err := cli.ShowThing("dossier", text); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestEveryTextOfAThingIsShown holds that nothing that the API tells is left out,
// however deep it stands.
func TestEveryTextOfAThingIsShown(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{1,8}`)
	rapid.Check(t, func(t *rapid.T) {
		var texts []string
		var draw func(depth int) any
		draw = func(depth int) any {
			kind := rapid.IntRange(0, 2).Draw(t, "kind")
			switch {
			case depth == 0 || kind == 0:
				text := "T" + word.Draw(t, "text")
				texts = append(texts, text)
				return text
			case kind == 1:
				var list []any
				for range rapid.IntRange(0, 3).Draw(t, "length") {
					list = append(list, draw(depth-1))
				}
				return list
			}
			object := map[string]any{}
			for _, key := range rapid.SliceOfNDistinct(word, 0, 3, rapid.ID).Draw(t, "keys") {
				object[key] = draw(depth - 1)
			}
			return object
		}
		content := map[string]any{"a": draw(4), "b": draw(4)}
		body, err := json.Marshal(map[string]any{"id": "D1", "version": 1, "content": content})
		if err != nil {
			t.Fatal(err)
		}
		got, err := cli.ShowThing("dossier", string(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if !strings.Contains(got, text) {
				t.Fatalf("%s is not shown of %s:\n%s", text, body, got)
			}
		}
	})
}

func TestARefusalOfTheAPIIsAFaultOfItsKind(t *testing.T) {
	cases := []struct {
		name   string
		status int
		body   string
		kind   fault.Kind
		exit   int
		text   string
		hints  string
	}{
		{"invalid", 422, `{"detail":"x: bad","errors":[{"message":"mend it","location":"hint"}]}`, fault.Invalid, 2, "invalid: x: bad", "mend it"},
		{"a field", 422, `{"detail":"validation failed","errors":[{"message":"expected string","location":"body.title"}]}`, fault.Invalid, 2, "invalid: validation failed", "body.title: expected string"},
		{"not found", http.StatusNotFound, `{"detail":"there is no dossier/D1"}`, fault.NotFound, 2, "not found: there is no dossier/D1", ""},
		{"conflict", http.StatusConflict, `{"detail":"it is at version 3"}`, fault.Conflict, 2, "conflict: it is at version 3", ""},
		{"unavailable", http.StatusServiceUnavailable, `{"title":"Service Unavailable"}`, fault.Unavailable, 2, "unavailable: Service Unavailable", ""},
		{"a proxy", http.StatusBadGateway, `<html>`, fault.Unavailable, 2, "unavailable: the server answered 502 Bad Gateway", ""},
		{"a fault of the server", 500, `{"detail":"something is broken on our side; it was logged"}`, fault.Internal, 3, "internal: something is broken on our side; it was logged", ""},
		{"an unknown key", 401, `{"detail":"sign in"}`, fault.Forbidden, 2, "forbidden: sign in", "the server does not know your key or code: it may be used up, revoked or over, or belong to another server"},
		{"a redirect", http.StatusFound, ``, fault.Invalid, 2, "invalid: the server answered 302 Found", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := cli.Refusal(c.status, []byte(c.body))
			if fault.KindOf(err) != c.kind || cli.ExitCode(err) != c.exit || err.Error() != c.text || fault.Hints(err) != c.hints {
				t.Errorf("%s, exit %d: %v\nhints %q", fault.KindOf(err), cli.ExitCode(err), err, fault.Hints(err))
			}
		})
	}
}

// TestAKeyGoesNowhereInTheClear holds that no server is asked over plain HTTP but
// one on this machine.
func TestAKeyGoesNowhereInTheClear(t *testing.T) {
	for server, good := range map[string]bool{
		"http://127.0.0.1:8080": true, "http://localhost:1/": true, "http://[::1]:80": true, "https://interdict.example": true,
		"http://interdict.example": false, "http://10.0.0.1": false, "http://127.0.0.1.example": false, "http://localhost.example": false,
		"ftp://127.0.0.1": false, "127.0.0.1:8080": false, "http://": false, "http://user@127.0.0.1@example.com": false,
	} {
		got, err := cli.Address(server)
		if (err == nil) != good || good && got != strings.TrimSuffix(server, "/") {
			t.Errorf("%s: %q, %v", server, got, err)
		}
	}
}
