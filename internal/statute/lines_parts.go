package statute

import (
	"fmt"
	"strings"

	"interdict/internal/decision"
	"interdict/internal/session"
)

func (w *writer) head(s Statute) {
	w.section = "statute"
	w.say("id", "%s", s.ID)
	w.say("version", "%s", s.Version)
	w.say("title", "%s", s.Title.words())
	w.say("jurisdiction", "%s", s.Jurisdiction)
	w.say("language", "%s", s.Language)
	w.say("as of", "%s", s.AsOf)
	if s.Valid != (Valid{}) {
		w.say("valid", "%s", strings.TrimSpace("from "+s.Valid.From.String()+when(!s.Valid.Until.IsZero(), " until "+s.Valid.Until.String())))
	}
	w.say("calendar", "%s", s.Calendar)
	w.say("note", "%s", s.Note)
	w.section = "acts"
	for _, a := range s.Acts {
		w.say(a.ID, "%s", a.Title.words())
	}
}

func (w *writer) body(s Statute) {
	w.section = "composition"
	c := s.Composition
	w.rule(c.Basis, "body", "%s", strings.Join(kept(c.Body.words(), when(c.Appointed != "", "appointed by "+c.Appointed), when(len(c.Seats) == 0, "no seats")), "; "))
	for _, x := range c.Seats {
		w.say("seat "+string(x.ID), "%s", strings.Join(kept(x.Title, when(x.For != "", "of "+string(x.For)), when(x.Chair, "chair")), ", "))
	}
	if s.Vote == (Vote{}) {
		return
	}
	w.section = "vote"
	v := s.Vote
	w.rule(v.Basis, "quorum", "%s", quorum(v.Quorum))
	w.say("majority", "%s", strings.ReplaceAll(string(v.Majority), "_", " ")+" of "+in(map[session.Base]string{
		session.OfVoting: "those who vote", session.OfPresent: "those present", session.OfAll: "all seats",
	}, v.Of)+when(v.AbstainCount, ", abstentions counted"))
	w.say("tie", "%s", in(map[session.Tie]string{session.ChairCasts: "the chair decides", session.Fails: "fails", session.Adjourns: "is adjourned"}, v.Tie))
	w.say("procedures", "%s", strings.Join(kept("open", when(v.Written, "in writing"), when(v.NoObjection, "no objection")), ", "))
	w.say("dissent", "%s", when(v.Dissent, "is recorded"))
	w.say("interests", "%s", when(v.Declare, "are declared before every ballot"))
}

func quorum(q session.Quorum) string {
	switch q.Kind {
	case session.Count:
		return fmt.Sprintf("%d seats", q.Count)
	case session.Fraction:
		return fmt.Sprintf("%s%d/%d of all seats", when(q.Strict, "more than "), q.Num, q.Den)
	}
	return in(map[session.QuorumKind]string{session.All: "all seats"}, q.Kind)
}

func (w *writer) grounds(s Statute) {
	w.section = "grounds"
	w.rule(s.Scope.Basis, "who", "%s", list(s.Scope.Subjects))
	for _, g := range s.Grounds {
		w.rule(g.Basis, g.Code, "%s", g.Text+when(g.Limb != "", " ["+g.Limb+"]"))
		for _, e := range g.Elements {
			w.say(g.Code+": "+e.Code, "%s", e.Text)
		}
	}
	t := s.Threshold
	w.rule(t.Basis, "standard of proof", "%s", t.Text+" ("+t.Code+")"+when(t.CriminalCase, "; a criminal case is needed"))
	w.rule(s.Measures.Basis, "a freeze does", "%s", list(s.Measures.Codes))
	w.rule(s.Secrecy.Basis, "beforehand", "%s", map[bool]string{true: "without hearing the person", false: "the person is heard"}[s.Secrecy.ExParte])
}

var stageWords = map[decision.StageKind]string{
	decision.Vote: "the commission votes", decision.Sign: "signed by", decision.Consent: "consent of", decision.Court: "confirmed by",
}

func (w *writer) tracks(s Statute) {
	w.section = "tracks"
	for _, t := range s.Tracks {
		w.rule(t.Basis, t.ID, "%s; decides %s", t.Title, list(t.Decides))
		for i, c := range t.Conditions {
			w.rule(c.Basis, fmt.Sprintf("%s: condition %d", t.ID, i+1), "%s", c.Text)
		}
		for i, x := range t.Stages {
			text := strings.Join(kept(in(stageWords, x.Kind), list(x.Offices)), " ")
			if x.Rule != nil {
				text += "; " + w.time(*x.Rule)
			}
			w.rule(x.Basis, fmt.Sprintf("%s: stage %d, %s", t.ID, i+1, x.ID), "%s", text+when(x.Effective, "; then in force"))
		}
		if t.Expiry != nil {
			w.rule(t.Expiry.Basis, t.ID+": "+t.Expiry.ID, "%s", w.clock(*t.Expiry))
		}
	}
}

func (w *writer) clocks(s Statute) {
	w.section = "clocks"
	for _, c := range s.Clocks {
		w.rule(c.Basis, c.ID, "%s", w.clock(c))
	}
}

func (w *writer) after(s Statute) {
	w.section = "petitions"
	for _, p := range s.Petitions {
		w.rule(p.Basis, string(p.Plea), "%s", "heard by "+p.To+"; from there to: "+p.Recourse+when(p.Barred, "; a repeated one says what has changed"))
	}
	c := s.Challenge
	text := c.Forum
	if c.Within != nil {
		text += "; " + w.time(*c.Within)
	}
	text += when(c.After != "", ", after "+c.After)
	w.rule(c.Basis, "challenge", "%s", text+when(c.Standard != "", "; standard: "+c.Standard)+when(c.Suspends, "; suspends the measure")+when(c.Closed, "; closed material may be heard"))
	w.section = "exemptions"
	for i, e := range s.Exemptions {
		text := string(e.Mode) + ": " + e.Text
		if e.Limit != nil {
			text += fmt.Sprintf("; up to %d.%02d %s a %s", e.Limit.Amount/100, e.Limit.Amount%100, e.Limit.Currency, e.Limit.Per)
		}
		if e.Wait != nil {
			text += "; refused " + w.time(*e.Wait)
		}
		w.rule(e.Basis, fmt.Sprintf("%d, %s", i+1, e.Kind), "%s", text+when(!e.Since.IsZero(), "; since "+e.Since.String()))
	}
}

func (w *writer) public(s Statute) {
	w.section = "publication"
	p := s.Publication
	w.rule(p.Basis, "where", "%s", strings.Join(p.Where, ", ")+"; audience "+p.Audience)
	w.say("fields", "%s", list(p.Fields))
	w.say("reasons", "%s", p.Reasons)
	w.say("guidance", "%s", p.Guidance)
	w.say("recourse", "%s", p.Recourse)
	n := s.Notification
	w.rule(n.Basis, "the person is told", "%s", strings.Join(kept(in(map[string]string{
		"before": "before the publication", "with": "with the publication", "after": "after the publication",
	}, n.When), strings.Join(n.Content, ", ")), ": "))
	w.section = "duties of institutions"
	for _, d := range s.Duties {
		w.rule(d.Basis, d.ID, "%s; %s; after %s", d.Text, w.time(d.Rule), d.After)
	}
}
