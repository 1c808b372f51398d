package session

import (
	"slices"

	"interdict/internal/fault"
)

// QuorumKind is how a quorum is counted.
type QuorumKind string

// Kinds of quorum. It is counted on all seats, filled or vacant.
const (
	Count    QuorumKind = "count"
	Fraction QuorumKind = "fraction"
	All      QuorumKind = "all"
)

// Quorum is how many seats must take part.
type Quorum struct {
	Kind   QuorumKind `json:"kind"`
	Count  int        `json:"count,omitempty"`
	Num    int        `json:"num,omitempty"` // of the fraction
	Den    int        `json:"den,omitempty"`
	Strict bool       `json:"strict,omitempty"` // more than the fraction, not just as much
}

// Need returns how many of so many seats make the quorum: never less than one.
func (q Quorum) Need(seats int) int {
	n := seats
	switch q.Kind {
	case Count:
		n = q.Count
	case Fraction:
		if n = (seats*q.Num + q.Den - 1) / q.Den; q.Strict {
			n = seats*q.Num/q.Den + 1
		}
	}
	return max(n, 1)
}

// Majority is what carries.
type Majority string

// Majorities. Consensus carries if nobody votes against.
const (
	Simple    Majority = "simple"
	TwoThirds Majority = "two_thirds"
	Unanimous Majority = "unanimous"
	Consensus Majority = "consensus"
)

// Base is what a majority is a majority of.
type Base string

// Bases.
const (
	OfVoting  Base = "voting"  // ballots for and against
	OfPresent Base = "present" // seats that take part
	OfAll     Base = "all"     // all seats, vacant ones too
)

// Tie is what follows from as many for as against.
type Tie string

// Rules for a tie.
const (
	ChairCasts Tie = "chair_casts"
	Fails      Tie = "fails"
	Adjourns   Tie = "adjourn"
)

// Rules is what the statute says about sittings and votes (commission.md 5).
type Rules struct {
	Quorum       Quorum   `json:"quorum"`
	Majority     Majority `json:"majority"`
	Of           Base     `json:"of"`
	Tie          Tie      `json:"tie"`
	AbstainCount bool     `json:"abstain_counts,omitempty"` // abstentions count in the base "voting"
	Declare      bool     `json:"declare,omitempty"`        // a declaration of interests precedes every ballot
	Written      bool     `json:"written,omitempty"`        // the written procedure is allowed
	NoObjection  bool     `json:"no_objection,omitempty"`   // so is the no-objection procedure
	Dissent      bool     `json:"dissent,omitempty"`        // a dissent is recorded
}

// Check returns an Invalid error if no vote could be held under r.
func (r Rules) Check() error {
	q := r.Quorum
	switch {
	case q.Kind != Count && q.Kind != Fraction && q.Kind != All,
		q.Kind == Count && q.Count < 1,
		q.Kind == Fraction && (q.Num < 1 || q.Den < 1 || q.Num > q.Den || q.Strict && q.Num == q.Den):
		return fault.New(fault.Invalid, "quorum %+v: want a count, a fraction up to one, or all", q)
	case !slices.Contains([]Majority{Simple, TwoThirds, Unanimous, Consensus}, r.Majority):
		return fault.New(fault.Invalid, "majority %q: want simple, two_thirds, unanimous or consensus", r.Majority)
	case !slices.Contains([]Base{OfVoting, OfPresent, OfAll}, r.Of):
		return fault.New(fault.Invalid, "majority of %q: want voting, present or all", r.Of)
	case !slices.Contains([]Tie{ChairCasts, Fails, Adjourns}, r.Tie):
		return fault.New(fault.Invalid, "tie %q: want chair_casts, fails or adjourn", r.Tie)
	}
	return nil
}

// Result is what a count comes to.
type Result string

// Results.
const (
	Carried  Result = "carried"
	Failed   Result = "failed"
	Tied     Result = "tied"      // and adjourned
	NoQuorum Result = "no_quorum" // and adjourned
)

// Tally is a count with all that went into it.
type Tally struct {
	Seats   int    `json:"seats"`
	Quorum  int    `json:"quorum"` // seats needed
	Present int    `json:"present"`
	Yes     int    `json:"yes"`
	No      int    `json:"no"`
	Abstain int    `json:"abstain"`
	Base    int    `json:"base"`
	Chair   Choice `json:"chair,omitempty"` // how the chair voted
	Result  Result `json:"result"`
}

// judge fills in base and result of a tally of counted ballots.
func (r Rules) judge(t Tally, silence bool) Tally {
	t.Quorum = r.Quorum.Need(t.Seats)
	switch r.Of {
	case OfAll:
		t.Base = t.Seats
	case OfPresent:
		t.Base = t.Present
	default:
		t.Base = t.Yes + t.No
		if r.AbstainCount {
			t.Base += t.Abstain
		}
	}
	t.Result = Failed
	switch {
	case t.Present < t.Quorum:
		t.Result = NoQuorum
	case silence:
		if t.No == 0 {
			t.Result = Carried
		}
	case r.carries(t):
		t.Result = Carried
	case r.Majority == Simple && t.Yes == t.No && 2*t.Yes == t.Base && t.Yes > 0:
		switch {
		case r.Tie == Adjourns:
			t.Result = Tied
		case r.Tie == ChairCasts && t.Chair == Yes:
			t.Result = Carried
		}
	}
	return t
}

// carries reports whether the ballots reach the majority, a tie apart.
func (r Rules) carries(t Tally) bool {
	switch r.Majority {
	case Simple:
		return 2*t.Yes > t.Base
	case TwoThirds:
		return t.Yes > 0 && 3*t.Yes >= 2*t.Base
	case Unanimous:
		return t.Yes > 0 && t.Yes == t.Base && t.No == 0
	}
	return t.Yes > 0 && t.No == 0
}
