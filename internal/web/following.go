package web

import (
	"log/slog"

	"interdict/internal/fault"
	"interdict/internal/follow"
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
