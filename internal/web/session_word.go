package web

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"

	"interdict/internal/roster"

	"interdict/internal/session"
)

// ruleWords says what carries a question under these rules.
func ruleWords(ctx context.Context, r session.Rules) string {
	base := say(ctx, map[session.Base]string{
		session.OfVoting: "of the ballots for and against", session.OfPresent: "of the seats that take part", session.OfAll: "of all seats, vacant ones too",
	}[r.Of])
	switch r.Majority {
	case session.TwoThirds:
		return say(ctx, "It carries by two thirds %s.", base)
	case session.Unanimous:
		return say(ctx, "It carries by all %s.", base)
	case session.Consensus:
		return say(ctx, "It carries if nobody votes against.")
	}
	tie := say(ctx, map[session.Tie]string{
		session.ChairCasts: "On a tie the chair's ballot decides.", session.Fails: "On a tie it fails.", session.Adjourns: "On a tie it is adjourned.",
	}[r.Tie])
	return say(ctx, "It carries by more than half %s.", base) + " " + tie
}

// tallyWords is a count in words.
func tallyWords(ctx context.Context, t session.Tally) string {
	return say(ctx, "%d for, %d against, %d abstaining, of %d that count; %d of %d seats took part, %d were needed.", t.Yes, t.No, t.Abstain, t.Base, t.Present, t.Seats, t.Quorum)
}

// modes are the ways of voting that the statute allows, the usual one first.
func modes(r session.Rules) []session.Mode {
	out := []session.Mode{session.OpenVote}
	if r.Written {
		out = append(out, session.WrittenVote)
	}
	if r.NoObjection {
		out = append(out, session.NoObjection)
	}
	return out
}

// modeWords is a way of voting as a key of messages.
var modeWords = map[session.Mode]string{
	session.OpenVote: "open vote, by those present", session.WrittenVote: "in writing, by those who answer in time", session.NoObjection: "no objection: silence approves",
}

// choiceWords is a choice as a key of messages.
var choiceWords = map[session.Choice]string{session.Yes: "for", session.No: "against", session.Abstain: "abstaining"}

func choiceTone(c session.Choice) string {
	switch c {
	case session.Yes:
		return "good"
	case session.No:
		return "bad"
	}
	return "plain"
}

// votedAgainst reports whether somebody voted and not for the question.
func votedAgainst(i session.Item, who roster.PersonID) bool {
	return slices.ContainsFunc(i.Ballots, func(b session.Cast) bool { return b.Person == who && b.Choice != session.Yes })
}

// mayMove reports whether the reader records that somebody is there: a member
// himself, and who keeps the session everybody.
func (p sessionPage) mayMove(who roster.PersonID, reader roster.Person) bool {
	return who == reader.ID || can(p.May, "session.put")
}

// freshKey returns the next number of the agenda.
func (p sessionPage) freshKey() string {
	for n := len(p.Session.Items) + 1; ; n++ {
		if _, err := p.item(strconv.Itoa(n)); err != nil {
			return strconv.Itoa(n)
		}
	}
}

// seatTitle is how a seat is called.
func (v *visit) seatTitle(id roster.SeatID) string {
	if s, ok := v.Roster.Seats[id]; ok && s.Title != "" {
		return s.Title
	}
	return string(id)
}

// ballotKey is what is pressed for a choice.
func ballotKey(c session.Choice) string {
	return map[session.Choice]string{session.Yes: "1", session.No: "2", session.Abstain: "3"}[c]
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }

func itoa(n int) string { return strconv.Itoa(n) }
