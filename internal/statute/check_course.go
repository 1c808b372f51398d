package statute

import (
	"fmt"
	"slices"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/material"
	"interdict/internal/notice"
	"interdict/internal/petition"
	"interdict/internal/session"
)

func (s Statute) checkBody(f *faults) {
	f.need("composition.body.en", s.Composition.Body.English)
	seen := map[string]bool{}
	chairs := 0
	for i, x := range s.Composition.Seats {
		path := fmt.Sprintf("composition.seats[%d]", i)
		f.once(path+".id", string(x.ID), seen)
		f.need(path+".title", x.Title)
		if x.Chair {
			chairs++
		}
	}
	if chairs > 1 {
		f.say("composition.seats", "has %d chairs, want one at most", chairs)
	}
	votes := slices.ContainsFunc(s.Tracks, func(t Track) bool { return t.votes() })
	switch {
	case votes && s.Vote == (Vote{}):
		f.say("vote", "is missing: a track begins with a vote")
	case !votes && s.Vote != (Vote{}):
		f.say("vote", "is not used: no track begins with a vote")
	case votes:
		if err := s.Vote.Check(); err != nil {
			f.say("vote", "%v", err)
		}
	}
	s.checkOutOfSitting(f, "written", s.Vote.Written)
	s.checkOutOfSitting(f, "no_objection", s.Vote.NoObjection)
}

// checkOutOfSitting finds a procedure without its clock, or a clock without its
// procedure.
func (s Statute) checkOutOfSitting(f *faults, use string, allowed bool) {
	switch _, err := s.Clock(use); {
	case allowed && err != nil:
		f.say("clocks", "want %q, for the vote allows it", use)
	case !allowed && err == nil:
		f.say("vote", "does not allow what the clock %q is for", use)
	}
}

func (t Track) votes() bool {
	return len(t.Stages) > 0 && t.Stages[0].Kind == decision.Vote
}

func (s Statute) checkTracks(f *faults) {
	seen := map[string]bool{}
	decided := map[decision.Measure]bool{}
	for i, t := range s.Tracks {
		path := fmt.Sprintf("tracks[%d]", i)
		f.once(path+".id", t.ID, seen)
		f.need(path+".title", t.Title)
		for j, m := range t.Decides {
			among(f, fmt.Sprintf("%s.decides[%d]", path, j), m, decision.Freeze, decision.Refuse, decision.Amend, decision.Lift, decision.Extend, decision.Exemption, decision.Certificate)
			decided[m] = true
		}
		t.checkStages(f, path)
		for j, c := range t.Conditions {
			f.need(fmt.Sprintf("%s.conditions[%d].text", path, j), c.Text)
		}
		if t.Expiry != nil {
			t.Expiry.check(f, path+".expiry")
			if t.Expiry.ID != "expiry" || t.Expiry.OnExpiry != deadline.Lapse {
				f.say(path+".expiry", "want the id expiry and on_expiry lapse")
			}
		}
	}
	for _, m := range []decision.Measure{decision.Freeze, decision.Lift} {
		if !decided[m] {
			f.say("tracks", "no track decides %s", m)
		}
	}
}

// checkStages finds a way on which no decision could come into force, by the
// rules of the room decision.
func (t Track) checkStages(f *faults, path string) {
	seen := map[string]bool{}
	signs := false
	for i, x := range t.Stages {
		at := fmt.Sprintf("%s.stages[%d]", path, i)
		f.once(at+".id", x.ID, seen)
		among(f, at+".kind", x.Kind, decision.Vote, decision.Sign, decision.Consent, decision.Court)
		switch {
		case x.Kind == decision.Vote && (i != 0 || x.Rule != nil || x.Effective || len(x.Offices) > 0):
			f.say(at, "the vote comes first, without offices, without a clock here and without effect by itself")
		case x.Kind == decision.Court && !signs:
			f.say(at, "somebody signs before a court confirms")
		case x.Kind != decision.Vote && len(x.Offices) == 0, x.Kind != decision.Sign && len(x.Offices) > 1:
			f.say(at, "want the office, and several only where they sign jointly")
		case i == 0 && x.Rule != nil:
			f.say(at, "the first stage has no clock here: nothing passed before it")
		}
		offices := map[string]bool{}
		for j, o := range x.Offices {
			f.once(fmt.Sprintf("%s.offices[%d]", at, j), o, offices)
		}
		signs = signs || x.Kind == decision.Sign
	}
	if !signs {
		f.say(path+".stages", "nobody signs")
	}
}

// kinds are the kinds of event that may start or stop a clock.
var kinds = func() []string {
	r := &event.Registry{}
	material.Events(r)
	dossier.Events(r)
	session.Events(r)
	decision.Events(r)
	petition.Events(r)
	return r.Kinds()
}()

func (c Clock) check(f *faults, path string) {
	among(f, path+".from", c.From, kinds...)
	if c.Pause != "" || c.Resume != "" {
		among(f, path+".pause", c.Pause, kinds...)
		among(f, path+".resume", c.Resume, kinds...)
	}
	if x := c.Extend; x != nil {
		if err := x.Check(); err != nil || x.Times < 1 || x.By == "" || x.Amount == 0 {
			f.say(path+".extend", "want times from 1, a span and by whom (%v)", err)
		}
	}
}

func (s Statute) checkClocks(f *faults) {
	seen := map[string]bool{}
	for i, c := range s.Clocks {
		path := fmt.Sprintf("clocks[%d]", i)
		f.once(path+".id", c.ID, seen)
		if !slices.ContainsFunc(Uses, func(u Use) bool { return u.ID == c.ID }) {
			f.say(path+".id", "no clock of the casework is called %q", c.ID)
		}
		c.check(f, path)
	}
	for _, u := range Uses {
		if u.Required && !seen[u.ID] {
			f.say("clocks", "want %q: %s", u.ID, u.Words)
		}
	}
}

// checkAfter finds ways back that lead nowhere.
func (s Statute) checkAfter(f *faults) {
	pleas := []petition.Plea{petition.Delisting, petition.Namesake, petition.Exemption, petition.ThirdParty}
	seen := map[string]bool{}
	for i, p := range s.Petitions {
		path := fmt.Sprintf("petitions[%d]", i)
		f.once(path+".plea", string(p.Plea), seen)
		among(f, path+".plea", p.Plea, pleas...)
		f.need(path+".to", p.To)
		f.need(path+".recourse", p.Recourse)
	}
	for _, p := range pleas {
		if !seen[string(p)] {
			f.say("petitions", "want %q", p)
		}
	}
	f.need("challenge.forum", s.Challenge.Forum)
	if (s.Challenge.Within == nil) != (s.Challenge.After == "") {
		f.say("challenge", "within and after stand together")
	}
	for i, e := range s.Exemptions {
		path := fmt.Sprintf("exemptions[%d]", i)
		f.need(path+".kind", e.Kind)
		f.need(path+".text", e.Text)
		among(f, path+".mode", e.Mode, Standing, Allowance, Notification, Approval)
		if (e.Mode == Allowance) != (e.Limit != nil) || e.Limit != nil && (e.Limit.Amount <= 0 || len(e.Limit.Currency) != 3 || e.Limit.Per == "") {
			f.say(path, "an allowance, and only that, has a limit: amount, currency and per what")
		}
	}
}

func (s Statute) checkPublic(f *faults) {
	p := s.Publication
	if len(p.Where) == 0 {
		f.say("publication.where", "names no place")
	}
	if p.Audience != "public" {
		f.say("publication.audience", "is %q, but the list is published as open files that anybody may copy: a law that shows it to a narrower circle cannot be kept with them", p.Audience)
	}
	among(f, "publication.reasons", p.Reasons, "none", "summary", "full")
	for i, x := range p.Fields {
		among(f, fmt.Sprintf("publication.fields[%d]", i), x, notice.Names, notice.Birth, notice.BirthPlace, notice.Nationalities, notice.Identifiers, notice.MaskedIDs, notice.Addresses, notice.Links)
	}
	f.need("publication.guidance", p.Guidance)
	f.need("publication.recourse", p.Recourse)
	among(f, "notification.when", s.Notification.When, "before", "with", "after", "never")
	seen := map[string]bool{}
	for i, d := range s.Duties {
		path := fmt.Sprintf("duties[%d]", i)
		f.once(path+".id", d.ID, seen)
		f.need(path+".text", d.Text)
		f.need(path+".after", d.After)
	}
}
