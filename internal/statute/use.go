package statute

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/notice"
	"interdict/internal/petition"
	"interdict/internal/session"
)

// Checklist returns the grounds with the codes of their elements, as a dossier
// is held against them.
func (s Statute) Checklist() []dossier.Ground {
	var all []dossier.Ground
	for _, g := range s.Grounds {
		x := dossier.Ground{Code: g.Code}
		for _, e := range g.Elements {
			x.Elements = append(x.Elements, e.Code)
		}
		all = append(all, x)
	}
	return all
}

// Rules returns how the commission sits and votes; Conflict if nobody votes under
// this statute.
func (s Statute) Rules() (session.Rules, error) {
	if s.Vote == (Vote{}) {
		return session.Rules{}, fault.New(fault.Conflict, "under statute %s nobody votes", s.ID)
	}
	return s.Vote.Rules, nil
}

// Way returns the track on which a measure is decided: that of the id, or where
// none is named the first that decides it. The error is Invalid.
func (s Statute) Way(m decision.Measure, track string) (Track, error) {
	for _, t := range s.Tracks {
		if slices.Contains(t.Decides, m) && (track == "" || t.ID == track) {
			return t, nil
		}
	}
	if track != "" {
		return Track{}, fault.New(fault.Invalid, "statute %s: no track %q decides %s", s.ID, track, m)
	}
	return Track{}, fault.New(fault.Invalid, "statute %s: nobody decides %s", s.ID, m)
}

// Way returns the stages of a track as a decision takes them.
func (t Track) Way() []decision.Stage {
	var all []decision.Stage
	for _, x := range t.Stages {
		all = append(all, x.Stage)
	}
	return all
}

// Clock returns the clock of that use, NotFound if the statute sets none.
func (s Statute) Clock(use string) (Clock, error) {
	for _, c := range s.Clocks {
		if c.ID == use {
			return c, nil
		}
	}
	return Clock{}, fault.New(fault.NotFound, "statute %s sets no clock %q", s.ID, use)
}

// Starts returns the clock of that use as it runs from an instant, counted by
// the calendars.
func (s Statute) Starts(use string, at time.Time, calendars decision.Calendars) (deadline.Clock, error) {
	c, err := s.Clock(use)
	if err != nil {
		return deadline.Clock{}, err
	}
	cal, err := calendars(c.Calendar)
	if err != nil {
		return deadline.Clock{}, err
	}
	return deadline.Start(c.Rule, cal, at)
}

// Petition returns how a plea is heard.
func (s Statute) Petition(p petition.Plea) (Petition, error) {
	for _, x := range s.Petitions {
		if x.Plea == p {
			return x, nil
		}
	}
	return Petition{}, fault.New(fault.Invalid, "statute %s knows no petition %q", s.ID, p)
}

// InForce reports whether the version is valid on a day of its jurisdiction.
func (s Statute) InForce(d deadline.Day) bool {
	return (s.Valid.From.IsZero() || !d.Before(s.Valid.From)) && (s.Valid.Until.IsZero() || !s.Valid.Until.Before(d))
}

// List returns what the commission's own list says of itself, under the short id
// of that list.
func (s Statute) List(source string) (notice.List, error) {
	cal, err := deadline.Named(s.Calendar)
	if err != nil {
		return notice.List{}, err
	}
	zone, err := cal.Location()
	if err != nil {
		return notice.List{}, err
	}
	l := notice.List{
		Source: source, Authority: s.Composition.Body.English, Programme: "terrorism", Measures: s.Measures.Codes,
		Fields: s.Publication.Fields, Zone: zone, Guidance: s.Publication.Guidance, Recourse: s.Publication.Recourse,
		NoReasons: s.Publication.Reasons == "none",
	}
	for _, a := range s.Acts {
		l.Basis = append(l.Basis, a.Title.English)
	}
	return l, nil
}

// Ends returns the clock after which a freeze of this track that takes effect at
// an instant ends by itself; false if it stays until it is lifted.
func (t Track) Ends(at time.Time, calendars decision.Calendars) (deadline.Clock, bool, error) {
	if t.Expiry == nil {
		return deadline.Clock{}, false, nil
	}
	cal, err := calendars(t.Expiry.Calendar)
	if err != nil {
		return deadline.Clock{}, false, err
	}
	c, err := deadline.Start(t.Expiry.Rule, cal, at)
	return c, err == nil, err
}
