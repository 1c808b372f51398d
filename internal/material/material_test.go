package material_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/event"
	"interdict/internal/event/eventtest"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/material"
	"interdict/internal/record"
	"interdict/internal/roster"
)

var (
	day     = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	sender  = roster.Person{ID: "lia", Organisation: "prosecutor", Roles: []roster.Role{roster.Liaison}}
	analyst = roster.Person{ID: "ann", Organisation: "mkp", Roles: []roster.Role{roster.Analyst}}
	robot   = roster.Person{ID: "bot", Organisation: "prosecutor", Roles: []roster.Role{roster.Liaison, roster.Machine}}
	mid     = id.New[material.Material]([10]byte{1})
)

func hash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

func submitted(change ...func(*material.Submitted)) material.Submitted {
	s := material.Submitted{
		ID: mid, Originator: "prosecutor", Reference: "77/15", Title: "On the organisation", Summary: "open", Reasons: "closed",
		Sort: material.LawEnforcement, Grade: material.Grade{Scheme: "admiralty", Source: "B", Information: "2"},
		Handling:  material.Handling{TLP: material.Amber, OriginatorControl: true, Recipients: []roster.OrganisationID{"mkp"}},
		Parties:   []material.Party{{Key: "p1", Subject: record.Subject{Kind: record.Organisation, Names: []record.Name{{Full: "Исламское государство", Type: record.Primary}}}}},
		Accounts:  []material.Account{{Key: "a1", Number: "DE00", Type: "iban", Holder: "p1"}},
		Links:     []material.Link{{From: "p1", To: "a1", Role: "owns"}},
		Documents: []material.Document{{Hash: hash("doc"), Name: "report.txt", Media: "text/plain", Size: 3, Language: "ru"}},
	}
	for _, f := range change {
		f(&s)
	}
	return s
}

func story() *eventtest.Story[material.Material] {
	r := &event.Registry{}
	material.Events(r)
	return &eventtest.Story[material.Material]{Registry: r, Stream: material.Stream(mid)}
}

func mention(key string) material.Mention {
	return material.Mention{Key: key, Target: "S1", Place: hash("doc"), Start: 0, End: 3, Text: "doc", Score: 9000, Band: "strong"}
}

var (
	screened = material.Screened{Screening: material.Screening{Snapshot: "sn", Profile: "p"}, Mentions: []material.Mention{mention("m1"), mention("m2")}}
	asked    = material.OnwardAsked{Key: "u1", Purpose: "petition", Recipients: []roster.OrganisationID{"bank"}}
)

func TestWhatMayHappenToAMaterial(t *testing.T) {
	type events = []event.Event
	type verb = func(material.Material) ([]event.Event, error)
	in := submitted()
	submit := func(by roster.Person, change ...func(*material.Submitted)) verb {
		return func(m material.Material) ([]event.Event, error) { return m.Submit(by, submitted(change...)) }
	}
	for name, c := range map[string]struct {
		given events
		when  verb
		err   string
		kinds []string
	}{
		"it is submitted":                     {nil, submit(sender), "", []string{"material.submitted"}},
		"a program may hand in":               {nil, submit(robot), "", []string{"material.submitted"}},
		"once":                                {events{in}, submit(sender), "conflict", nil},
		"only for one's own organisation":     {nil, submit(analyst), "forbidden", nil},
		"an empty one is refused":             {nil, submit(sender, func(s *material.Submitted) { s.Parties, s.Accounts, s.Links, s.Documents = nil, nil, nil, nil }), "invalid", nil},
		"a grade is of its scheme":            {nil, submit(sender, func(s *material.Submitted) { s.Grade.Source = "G" }), "invalid", nil},
		"an unknown scheme is named as own":   {nil, submit(sender, func(s *material.Submitted) { s.Grade.Scheme = "fbi" }), "invalid", nil},
		"an own scheme is kept":               {nil, submit(sender, func(s *material.Submitted) { s.Grade = material.Grade{"own:fbi", "solid", "so-so"} }), "", []string{"material.submitted"}},
		"no grade is an answer":               {nil, submit(sender, func(s *material.Submitted) { s.Grade = material.Grade{} }), "", []string{"material.submitted"}},
		"it has recipients":                   {nil, submit(sender, func(s *material.Submitted) { s.Handling.Recipients = nil }), "invalid", nil},
		"it has a label":                      {nil, submit(sender, func(s *material.Submitted) { s.Handling.TLP = "white" }), "invalid", nil},
		"a link leads somewhere":              {nil, submit(sender, func(s *material.Submitted) { s.Links[0].To = "p9" }), "invalid", nil},
		"an account has a known holder":       {nil, submit(sender, func(s *material.Submitted) { s.Accounts[0].Holder = "p9" }), "invalid", nil},
		"a key stands once":                   {nil, submit(sender, func(s *material.Submitted) { s.Accounts[0].Key = "p1" }), "invalid", nil},
		"a document has the hash of its text": {nil, submit(sender, func(s *material.Submitted) { s.Documents[0].Hash = "abc" }), "invalid", nil},
		"a document stands once":              {nil, submit(sender, func(s *material.Submitted) { s.Documents = append(s.Documents, s.Documents[0]) }), "invalid", nil},

		"a translation is marked and has its original": {events{in}, func(m material.Material) ([]event.Event, error) {
			return m.Derive(robot, material.Derived{Hash: hash("en"), Of: hash("doc"), As: material.Translation, Machine: true, Tool: "mt 1", Language: "en"})
		}, "", []string{"material.derived"}},
		"a program cannot pass as a reader": {events{in}, func(m material.Material) ([]event.Event, error) {
			return m.Derive(robot, material.Derived{Hash: hash("en"), Of: hash("doc"), As: material.Translation, Language: "en"})
		}, "forbidden", nil},
		"no translation of nothing": {events{in}, func(m material.Material) ([]event.Event, error) {
			return m.Derive(analyst, material.Derived{Hash: hash("en"), Of: hash("x"), As: material.Translation, Language: "en"})
		}, "not found", nil},
		"no translation in place of the original": {events{in}, func(m material.Material) ([]event.Event, error) {
			return m.Derive(analyst, material.Derived{Hash: hash("doc"), Of: hash("doc"), As: material.Translation, Language: "en"})
		}, "invalid", nil},

		"screening names what it used": {events{in}, func(m material.Material) ([]event.Event, error) { return m.Screen(material.Screened{}) }, "invalid", nil},
		"not screened is an answer": {events{in}, func(m material.Material) ([]event.Event, error) {
			return m.Screen(material.Screened{Screening: material.Screening{Reason: "encrypted"}})
		}, "", []string{"material.screened"}},
		"a second screening has new mentions": {events{in, screened}, func(m material.Material) ([]event.Event, error) { return m.Screen(screened) }, "invalid", nil},
		"a person links": {events{in, screened}, func(m material.Material) ([]event.Event, error) {
			return m.LinkMention(analyst, "m1", "D1", "same number")
		}, "", []string{"material.mention_linked"}},
		"a program does not": {events{in, screened}, func(m material.Material) ([]event.Event, error) { return m.LinkMention(robot, "m1", "D1", "score") }, "forbidden", nil},
		"nor the system": {events{in, screened}, func(m material.Material) ([]event.Event, error) {
			return m.RejectMention(roster.Person{ID: roster.System}, "m1", "score")
		}, "forbidden", nil},
		"a judgement has a reason": {events{in, screened}, func(m material.Material) ([]event.Event, error) { return m.RejectMention(analyst, "m1", "") }, "invalid", nil},
		"not twice the same":       {events{in, screened, material.MentionRejected{"m1", "x"}}, func(m material.Material) ([]event.Event, error) { return m.RejectMention(analyst, "m1", "y") }, "conflict", nil},
		"but it can be mended": {events{in, screened, material.MentionRejected{"m1", "x"}}, func(m material.Material) ([]event.Event, error) {
			return m.LinkMention(analyst, "m1", "D1", "mistaken")
		}, "", []string{"material.mention_linked"}},
		"what is judged is not postponed": {events{in, screened, material.MentionRejected{"m1", "x"}}, func(m material.Material) ([]event.Event, error) {
			return m.PostponeMention(analyst, day, "m1", day.Add(1), "x")
		}, "conflict", nil},
		"later is later": {events{in, screened}, func(m material.Material) ([]event.Event, error) {
			return m.PostponeMention(analyst, day, "m1", day, "x")
		}, "invalid", nil},
		"no mention that is not":  {events{in, screened}, func(m material.Material) ([]event.Event, error) { return m.RejectMention(analyst, "m9", "x") }, "not found", nil},
		"onward use is asked for": {events{in}, func(m material.Material) ([]event.Event, error) { return m.AskOnward(analyst, asked) }, "", []string{"material.onward_asked"}},
		"the originator consents": {events{in, asked}, func(m material.Material) ([]event.Event, error) {
			return m.GrantOnward(sender, day, material.OnwardGranted{Key: "u1"})
		}, "", []string{"material.onward_granted"}},
		"nobody else does": {events{in, asked}, func(m material.Material) ([]event.Event, error) {
			return m.GrantOnward(analyst, day, material.OnwardGranted{Key: "u1"})
		}, "forbidden", nil},
		"nor who asked and then changed sides": {events{in, asked}, func(m material.Material) ([]event.Event, error) {
			return m.GrantOnward(roster.Person{ID: "ann", Organisation: "prosecutor"}, day, material.OnwardGranted{Key: "u1"})
		}, "forbidden", nil},
		"a program does not consent": {events{in, asked}, func(m material.Material) ([]event.Event, error) {
			return m.GrantOnward(robot, day, material.OnwardGranted{Key: "u1"})
		}, "forbidden", nil},
		"a refusal is final": {events{in, asked, material.OnwardRefused{"u1", "x"}}, func(m material.Material) ([]event.Event, error) {
			return m.GrantOnward(sender, day, material.OnwardGranted{Key: "u1"})
		}, "conflict", nil},
		"feedback is given": {events{in}, func(m material.Material) ([]event.Event, error) {
			return m.GiveFeedback(material.Feedback{material.Used, "thanks"})
		}, "", []string{"material.feedback_given"}},
		"others do not withdraw it":             {events{in}, func(m material.Material) ([]event.Event, error) { return m.Withdraw(analyst, "x") }, "forbidden", nil},
		"what is withdrawn is screened no more": {events{in, material.TakenBack{"x"}}, func(m material.Material) ([]event.Event, error) { return m.Screen(screened) }, "conflict", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := story()
			for _, e := range c.given {
				by := sender
				if _, ok := e.(material.OnwardAsked); ok {
					by = analyst
				}
				s.Tell(t, string(by.ID), string(by.Organisation), day, e)
			}
			got, err := c.when(s.Now)
			eventtest.Want(t, got, err, c.err, c.kinds...)
		})
	}
}

func TestTheReceiptNamesWhatWasReceived(t *testing.T) {
	s := story()
	s.Tell(t, "lia", "prosecutor", day, submitted())
	want := material.Receipt{Material: mid, From: "prosecutor", Reference: "77/15", At: day, Documents: []string{hash("doc")}}
	if d := cmp.Diff(want, s.Now.Receipt(), cmp.Comparer(func(a, b material.ID) bool { return a == b })); d != "" {
		t.Error(d)
	}
}

func TestTheLabelHoldsUntilTheOriginatorConsents(t *testing.T) {
	for _, tlp := range []material.TLP{material.Red, material.AmberStrict, material.Amber, material.Green, material.Clear} {
		for _, controlled := range []bool{true, false} {
			s := story()
			s.Tell(t, "lia", "prosecutor", day, submitted(func(s *material.Submitted) { s.Handling.TLP, s.Handling.OriginatorControl = tlp, controlled }), asked)
			may := func(to roster.OrganisationID, at time.Time) bool { ok, _ := s.Now.MayPass(to, at); return ok }
			open := !controlled && (tlp == material.Green || tlp == material.Clear)
			if may("bank", day) != open || !may("mkp", day) || !may("prosecutor", day) {
				t.Errorf("%s, controlled %v: bank may: %v", tlp, controlled, may("bank", day))
			}
			s.Tell(t, "lia", "prosecutor", day, material.OnwardGranted{Key: "u1", Until: day.Add(time.Hour)})
			if !may("bank", day.Add(time.Hour)) || may("bank", day.Add(2*time.Hour)) != open || may("press", day) != open {
				t.Errorf("%s, controlled %v: consent reaches too far or not far enough", tlp, controlled)
			}
			s.Tell(t, "lia", "prosecutor", day, material.OnwardRevoked{"u1", "x"})
			if may("bank", day) != open {
				t.Errorf("%s, controlled %v: consent outlives its revocation", tlp, controlled)
			}
		}
	}
}

func TestNoProgramJudgesAndNothingIsPassedWithoutConsent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := story()
		s.Tell(t, "lia", "prosecutor", day, submitted())
		person := rapid.SampledFrom([]roster.Person{sender, analyst, robot})
		key := rapid.SampledFrom([]string{"m0", "m1", "m2", "m3"})
		use := rapid.SampledFrom([]string{"u1", "u2"})
		var by roster.Person
		try := func(events []event.Event, err error) {
			if err == nil {
				s.Tell(t, string(by.ID), string(by.Organisation), day, events...)
			} else if fault.KindOf(err) == fault.Internal {
				t.Fatalf("%v", err)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"screen": func(t *rapid.T) {
				by = robot
				try(s.Now.Screen(material.Screened{Screening: material.Screening{Snapshot: "s", Profile: "p"}, Mentions: []material.Mention{mention(fmt.Sprint("m", len(s.Now.Mentions)))}}))
			},
			"link":   func(t *rapid.T) { by = person.Draw(t, "by"); try(s.Now.LinkMention(by, key.Draw(t, "key"), "D1", "r")) },
			"reject": func(t *rapid.T) { by = person.Draw(t, "by"); try(s.Now.RejectMention(by, key.Draw(t, "key"), "r")) },
			"ask": func(t *rapid.T) {
				by = person.Draw(t, "by")
				try(s.Now.AskOnward(by, material.OnwardAsked{Key: use.Draw(t, "use"), Purpose: "p", Recipients: []roster.OrganisationID{"bank"}}))
			},
			"grant": func(t *rapid.T) {
				by = person.Draw(t, "by")
				try(s.Now.GrantOnward(by, day, material.OnwardGranted{Key: use.Draw(t, "use")}))
			},
			"revoke":   func(t *rapid.T) { by = person.Draw(t, "by"); try(s.Now.RevokeOnward(by, use.Draw(t, "use"), "r")) },
			"withdraw": func(t *rapid.T) { by = person.Draw(t, "by"); try(s.Now.Withdraw(by, "r")) },
			"": func(t *rapid.T) {
				for _, m := range s.Now.Mentions {
					if (m.State == material.Proposed) != (m.By == "") || m.By == robot.ID {
						t.Fatalf("mention %+v", m)
					}
				}
				granted := false
				for _, u := range s.Now.Uses {
					if u.State == material.Granted {
						granted = true
						if u.AnsweredBy != sender.ID {
							t.Fatalf("consent by %s", u.AnsweredBy)
						}
					}
				}
				if ok, _ := s.Now.MayPass("bank", day); ok != (granted && s.Now.State == material.Received) {
					t.Fatalf("passed to the bank: %v, granted %v, %s", ok, granted, s.Now.State)
				}
			},
		})
		s.Refold(t, material.Material{})
	})
}

func TestNearSameTextsShareABand(t *testing.T) {
	const file = "../../../shared/data/documents/article-2015-11-18.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("the real article is not there: %s", file)
	}
	share := func(a, b material.Sketch) bool {
		seen := map[uint64]bool{}
		for _, k := range a.Bands() {
			seen[k] = true
		}
		for _, k := range b.Bands() {
			if seen[k] {
				return true
			}
		}
		return false
	}
	one := material.SketchOf(string(text))
	words := strings.Fields(string(text))
	changed := strings.ToUpper(strings.Join(append(words[:len(words)/2:len(words)/2], append([]string{"INSERTED"}, words[len(words)/2:]...)...), "  "))
	if two := material.SketchOf(changed); !share(one, two) || one.Agree(two) < 55 {
		t.Errorf("one word more: %d of 64 agree", one.Agree(two))
	}
	if other := material.SketchOf(strings.Repeat("another text about the harvest of this year and its weather ", 20)); share(one, other) || one.Agree(other) > 6 {
		t.Errorf("another text: %d of 64 agree", one.Agree(other))
	}
}

func TestASketchForgetsOnlyForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zа-я]{1,8}`), 0, 12).Draw(t, "words")
		a, b := material.SketchOf(strings.Join(words, " ")), material.SketchOf("  "+strings.ToUpper(strings.Join(words, ",\n"))+".")
		if a != b || len(words) > 0 && a.Agree(b) != 64 || (len(a.Bands()) == 0) != (len(words) == 0) {
			t.Fatalf("%q: %d agree, %d bands", words, a.Agree(b), len(a.Bands()))
		}
	})
}
