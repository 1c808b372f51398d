package charter_test

import (
	"strings"
	"testing"

	"interdict/internal/charter"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/statute"
)

func model(t *testing.T) string {
	t.Helper()
	text, err := statute.Text(statute.Default)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// adopted is a charter that took these texts on, one after the other.
func adopted(t *testing.T, texts ...string) charter.Charter {
	t.Helper()
	var c charter.Charter
	for _, text := range texts {
		events, err := c.Adopt(roster.Person{ID: "lead"}, text, "decree")
		if err != nil {
			t.Fatal(err)
		}
		c = c.Apply(events[0], event.Envelope{By: "lead"})
	}
	return c
}

func TestWhatMayBeAdopted(t *testing.T) {
	text := model(t)
	later := strings.Replace(text, `version: "1"`, `version: "2"`, 1)
	bent := strings.Replace(text, "title: {en: Model", "title: {en: Another model", 1)
	for given, c := range map[string]struct {
		before []string
		by     roster.Person
		text   string
		reason string
		want   fault.Kind
		ok     bool
	}{
		"the first":                          {nil, roster.Person{ID: "lead"}, text, "decree", 0, true},
		"a later version":                    {[]string{text}, roster.Person{ID: "lead"}, later, "decree", 0, true},
		"an earlier version again":           {[]string{text, later}, roster.Person{ID: "lead"}, text, "decree", 0, true},
		"not the one in force":               {[]string{text}, roster.Person{ID: "lead"}, text, "decree", fault.Conflict, false},
		"not a version with another content": {[]string{text}, roster.Person{ID: "lead"}, bent, "decree", fault.Conflict, false},
		"not without an act":                 {nil, roster.Person{ID: "lead"}, text, "", fault.Invalid, false},
		"not by a machine":                   {nil, roster.Person{ID: "m", Roles: []roster.Role{roster.Machine}}, text, "decree", fault.Forbidden, false},
		"not what is no statute":             {nil, roster.Person{ID: "lead"}, "id: x", "decree", fault.Invalid, false},
	} {
		_, err := adopted(t, c.before...).Adopt(c.by, c.text, c.reason)
		if (err == nil) != c.ok || err != nil && fault.KindOf(err) != c.want {
			t.Errorf("%s: %v", given, err)
		}
	}
}

func TestEveryVersionCanBeReadForEver(t *testing.T) {
	text := model(t)
	later := strings.Replace(text, `version: "1"`, `version: "2"`, 1)
	c := adopted(t, text, later)
	now, err := c.InForce()
	if err != nil || now.Version != "2" {
		t.Errorf("in force: %v, %v", now.Version, err)
	}
	then, err := c.Version(statute.Default, "1")
	if err != nil || then.Text != text {
		t.Errorf("the first version came back otherwise: %v", err)
	}
	if _, err := c.Version(statute.Default, "3"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a version that never was: %v", err)
	}
	if _, err := (charter.Charter{}).InForce(); fault.KindOf(err) != fault.NotFound {
		t.Errorf("without a statute: %v", err)
	}
}
