package statute

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/decision"
	"interdict/internal/fault"
)

func TestWhatIsWrongIsSaidWithItsLine(t *testing.T) {
	for name, x := range map[string]struct{ law, old, new, at, want string }{
		"an unknown key":                {Default, "scope:", "scoop: 1\nscope:", "scoop", "scoop"},
		"an unknown key inside a rule":  {Default, "id: task, amount", "id: task, amuont: 3, amount", "amuont", "amuont"},
		"an alias":                      {"tr-6415", "basis: {act: law-6415, article: art. 7, verified: to_verify}", "basis: &a {act: law-6415, article: art. 7, verified: to_verify}", "basis: &a", "write it out"},
		"a key twice":                   {Default, "language: en", "language: en\nlanguage: fr", "language: fr", "language"},
		"text for a number":             {Default, "id: task, amount: 10", "id: task, amount: ten", "id: task", "of type int"},
		"an unknown unit":               {Default, "id: task, amount: 10, unit: working_days", "id: task, amount: 10, unit: fortnights", "id: task", `clocks[1]: unit "fortnights"`},
		"an unknown effect":             {Default, "roll: none, on_expiry: breach, from: dossier.asked", "roll: none, on_expiry: hope, from: dossier.asked", "id: task", `on_expiry "hope"`},
		"a clock without its time":      {"ru-2015", "id: task, amount: 10, unit: working_days, start: next_day, roll: none, on_expiry: breach,", "id: task,", "id: task", "has no time"},
		"escalation to nobody":          {Default, ", escalate_to: ombudsperson, from: decision.took_effect", ", from: decision.took_effect", "id: review", "escalate_to must say to whom"},
		"an unknown kind of event":      {Default, "from: dossier.submitted", "from: dossier.sumbitted", "dossier.sumbitted", "dossier.sumbitted"},
		"an unknown calendar":           {Default, "calendar: weekdays", "calendar: mars", "calendar: mars", `no calendar "mars"`},
		"a missing clock":               {"tr-6415", "{id: foreign_in,", "{id: foreign_out,", "- {id: task", `want "foreign_in"`},
		"a clock of no use":             {Default, "{id: consideration,", "{id: contemplation,", "contemplation", `"contemplation"`},
		"a procedure without its clock": {Default, "{id: no_objection,", "{id: notification,", "- {id: consideration", `want "no_objection", for the vote allows it`},
		"a clock without its procedure": {Default, "  written: true\n", "", "quorum:", `does not allow what the clock "written" is for`},
		"a quorum of nothing":           {Default, "den: 2, strict", "den: 0, strict", "quorum:", "quorum"},
		"a vote that nobody takes":      {"ae-74-2020", "scope:", "vote: {quorum: {kind: all}, majority: simple, of: all, tie: fails, basis: {verified: assumed, note: x}}\nscope:", "vote:", "no track begins with a vote"},
		"a court before a signature":    {"tr-6415", "kind: sign\n        offices: [Minister", "kind: court\n        offices: [Minister", "- id: ministers", "somebody signs before a court confirms"},
		"nobody signs":                  {"in-uapa", "kind: sign, offices: [central nodal officer]", "kind: consent, offices: [central nodal officer]", "- {id: nodal, kind", "nobody signs"},
		"a stage twice":                 {"ae-74-2020", "{id: cabinet,", "{id: council,", "{id: council, kind: sign, offices: [Cabinet]", "stands twice"},
		"an office twice":               {"tr-6415", "[Minister of Treasury and Finance, Minister of the Interior]\n        effective", "[Minister of the Interior, Minister of the Interior]\n        effective", "[Minister of the Interior, Minister of the Interior]", "stands twice"},
		"nobody lifts":                  {Default, "decides: [freeze, refuse, amend, lift, extend]", "decides: [freeze, refuse, amend, extend]", "- id: ordinary", "no track decides lift"},
		"an expiry that breaches":       {"uk-2019", "on_expiry: lapse", "on_expiry: breach", "id: expiry", "on_expiry lapse"},
		"a basis in no act":             {Default, "basis: {act: r6, article: \"criterion 6.5(b)\"", "basis: {act: r7, article: \"criterion 6.5(b)\"", "act: r7", `act "r7" is none`},
		"an assumption without why":     {Default, "note: \"no international rule", "article: \"no international rule", "article: \"no international rule", "a note that says why"},
		"a level of no meaning":         {Default, "verified: assumed, note: \"resolution 1373", "verified: certain, note: \"resolution 1373", "verified: certain", "certain"},
		"seen nowhere":                  {Default, "verified: secondary, seen: unscr.com", "verified: secondary", "kind: humanitarian", "seen does not say where"},
		"a ground without elements":     {"in-uapa", "    elements:\n      - {code: terrorism, text: terrorism}\n      - {code: involvement, text: \"commits or takes part in it, prepares, promotes or is otherwise involved in it\"}\n", "", "- code: involved", "has no element"},
		"no way back":                   {Default, "{plea: namesake,", "{plea: delisting,", "- {plea: delisting", `want "namesake"`},
		"an allowance without limit":    {"ru-2015", "    limit: {amount: 1000000, currency: RUB, per: month}\n", "", "kind: basic_expenses", "has a limit"},
		"a field that is none":          {Default, "fields: [names, dob", "fields: [names, shoe_size", "shoe_size", "shoe_size"},
		"a time that ends first":        {"ru-2015", "until: 2025-10-22", "until: 2014-10-22", "valid:", "before it begins"},
		"two documents":                 {Default, "duties:", "---\nid: x\nduties:", "", "more than one document"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(text(t, x.law), x.old, x.new, 1)
			if changed == text(t, x.law) {
				t.Fatalf("nothing was changed: %q does not stand in %s", x.old, x.law)
			}
			_, err := Read("law.yaml", strings.NewReader(changed))
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), x.want) {
				t.Fatalf("error %v, want %q", err, x.want)
			}
			if x.at == "" {
				return // it is wrong as a whole
			}
			if at := "law.yaml:" + lineOf(t, changed, x.at) + ":"; !strings.Contains(err.Error(), at) {
				t.Errorf("error %v, want it at %s", err, at)
			}
		})
	}
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	changed := strings.NewReplacer("jurisdiction: XX", "jurisdiction: nowhere", "calendar: weekdays", "calendar: mars", "audience: public", "audience: aliens").Replace(text(t, Default))
	_, err := Read("law.yaml", strings.NewReader(changed))
	for _, want := range []string{"nowhere", "mars", "aliens"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not tell %q", err, want)
		}
	}
	if _, err := Read("law.yaml", strings.NewReader(strings.Repeat("# a\n", maxFile/4+1))); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a file without end: %v", err)
	}
	for _, level := range []string{"[", "{a: ", "[{a: ", "- ", "? ", "!x ", "&x ", "- - ? "} {
		_, err := Read("law.yaml", strings.NewReader("id: x\nnote: "+strings.Repeat(level, (maxFile-100)/len(level))+"\n"))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "law.yaml:2: more than") {
			t.Errorf("levels of %q without end: %v", level, err)
		}
	}
	narrow := strings.Replace(text(t, Default), "audience: public", "audience: obliged", 1)
	if _, err := Read("law.yaml", strings.NewReader(narrow)); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "open files") {
		t.Errorf("a list for few is published to all: %v", err)
	}
	if _, err := Read("law.yaml", strings.NewReader("")); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an empty file: %v", err)
	}
}

// lineOf returns the line of the first place where want stands in text.
func lineOf(t *testing.T, text, want string) string {
	t.Helper()
	before, _, ok := strings.Cut(text, want)
	if !ok {
		t.Fatalf("%q does not stand in the text", want)
	}
	return strconv.Itoa(strings.Count(before, "\n") + 1)
}

// Ways that Check lets pass are ways that a decision takes, and the other way
// round: two rooms, one rule.
func TestCheckAndTheRoomDecisionAgreeOnStages(t *testing.T) {
	kinds := []decision.StageKind{decision.Vote, decision.Sign, decision.Consent, decision.Court, "wish"}
	rapid.Check(t, func(t *rapid.T) {
		var tr Track
		var way []decision.Stage
		for range rapid.IntRange(0, 4).Draw(t, "stages") {
			x := decision.Stage{
				ID:        rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g", ""}).Draw(t, "id"),
				Kind:      rapid.SampledFrom(kinds).Draw(t, "kind"),
				Offices:   rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "z", ""}), 0, 2).Draw(t, "offices"),
				Effective: rapid.Bool().Draw(t, "effective"),
			}
			if x.Kind == decision.Vote {
				x.Offices, x.Effective = nil, rapid.IntRange(0, 3).Draw(t, "odd") == 0
			}
			tr.Stages = append(tr.Stages, Stage{Stage: x})
			way = append(way, x)
		}
		var f faults
		tr.checkStages(&f, "track")
		if err := draft(way, decision.Freeze); (err == nil) != (len(f) == 0) {
			t.Fatalf("stages %+v: the room says %v, the check %v", way, err, f)
		}
	})
}

// Whatever text is given: an error, or a statute that stands.
func FuzzRead(f *testing.F) {
	f.Add(text(f, "in-uapa"))
	f.Add("id: x\nacts: [{id: a, title: {en: A}}]\ntracks: [{id: t, stages: [{kind: vote}]}]\n")
	f.Add("clocks: [{id: task, amount: 1, unit: hours, extend: {times: 1}}]\nvote: {quorum: {kind: all}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Read("law.yaml", strings.NewReader(text))
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("error of kind %s: %v", fault.KindOf(err), err)
			}
			return
		}
		if err := s.Check(); err != nil {
			t.Errorf("what was read does not stand: %v", err)
		}
		if len(s.Lines()) == 0 || len(Diff(s, s)) > 0 {
			t.Error("a statute without words, or that differs from itself")
		}
	})
}
