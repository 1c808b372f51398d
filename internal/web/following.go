package web

import (
	"log/slog"
	"strconv"
	"strings"
	"time"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/report"
)

// following is how an institution stands with the authority that it follows. An
// authority has no such page.
func (s *server) following() {
	if s.Following == nil {
		return
	}
	s.page("GET /following", func(v *visit) error {
		if !v.may("alert.list") {
			return fault.New(fault.NotFound, "there is no such page")
		}
		st, err := s.Following()
		if fault.KindOf(err) == fault.NotFound && err != nil {
			return v.show(say(v.own(), "Following"), followingNobody())
		}
		if err != nil {
			return err
		}
		return v.show(say(v.own(), "Following"), followingPage(st))
	})
}

// warn puts above every page of an institution that work goes on upon the last
// good state, and why.
func (v *visit) warn() {
	if v.Following == nil {
		return
	}
	st, err := v.Following()
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return // nobody was followed yet
	}
	if err != nil {
		slog.Error("how the authority is followed cannot be read", "error", err)
		v.banner = followingUnread()
		return
	}
	if st.LastGood {
		v.banner = followingBanner(st)
	}
}

// troubled reports how urgent a state is.
func troubled(s follow.Status) string {
	switch {
	case s.Refused != nil:
		return "bad"
	case s.LastGood:
		return "warn"
	}
	return "good"
}

// institution reports whether this is the house of an institution.
func (v *visit) institution() bool { return v.Following != nil }

// owed is what an institution reports of a hit by its judgement.
var owed = map[alert.HitState]report.What{alert.Same: report.Frozen, alert.Unsure: report.PartialMatch}

// reportPath is the form of the report on a hit.
func (p alertPage) reportPath(v *visit, h clerk.Compared, what report.What) string {
	edition := "" // who files the report names it where it is not known
	if st, err := v.Following(); err == nil && st.Edition >= 0 {
		edition = strconv.FormatInt(st.Edition, 10)
	}
	now := v.now().Format(time.RFC3339)
	return formPath("report.file", "", "what", string(what), "edition", edition, "entry", followedKey(h),
		"customers", "1", "matched", now, "acted", now, "reference", strings.Join(strings.Fields(p.Alert.Source), "-"), "alert", p.Alert.ID.String())
}

// followedKey is the reference of an entry in the followed list, "" if it is of
// another list.
func followedKey(h clerk.Compared) string {
	if h.Listed == nil {
		return ""
	}
	for _, e := range h.Listed.Entries {
		if e.Source == follow.SourceID {
			return e.Key
		}
	}
	return ""
}
