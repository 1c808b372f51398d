package demo

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// body is the body of a command.
type body map[string]any

// teller tells a story to one clerk. After a command that failed it does nothing
// more, so that the story reads without its errors; err says what failed.
type teller struct {
	ctx    context.Context
	clerk  *clerk.Clerk
	clock  *Clock
	house  House
	start  time.Time // the day on which it is told
	ballot map[roster.PersonID]ed25519.PrivateKey
	err    error
}

// on goes to an hour of a day, so many days ago, and lets the clocks run out
// that do until then.
func (t *teller) on(daysAgo int, hour time.Duration) {
	day := t.start.AddDate(0, 0, -daysAgo)
	t.at(time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC).Add(hour))
}

func (t *teller) at(when time.Time) {
	if now := t.clock.Now(); when.Before(now) && t.err == nil {
		t.err = fault.New(fault.Internal, "telling the story: %s is before %s", when, now)
	}
	t.clock.set(when)
	if t.err == nil {
		_, err := t.clerk.Tick(t.ctx)
		t.failed(err, "letting the clocks run until %s", when.Format(time.RFC3339))
	}
}

func (t *teller) failed(err error, doing string, args ...any) {
	if t.err == nil && err != nil {
		t.err = fmt.Errorf("telling the story: %s: %w", fmt.Sprintf(doing, args...), err)
	}
}

// do has a person give a command.
func (t *teller) do(who roster.PersonID, command, id string, b body) clerk.Done {
	if t.err != nil {
		return clerk.Done{}
	}
	text, err := json.Marshal(b)
	t.failed(err, "writing %s", command)
	t.clock.pass(beat)
	done, err := t.clerk.Do(t.ctx, clerk.Order{By: who}, command, id, text)
	t.failed(err, "%s: %s", who, command)
	return done
}

// read reads a thing as a person sees it.
func (t *teller) read(who roster.PersonID, kind, id string, into any) {
	if t.err != nil {
		return
	}
	seen, err := t.clerk.Read(t.ctx, clerk.Order{By: who, Purpose: "to work on it"}, kind, id, clerk.When{})
	if err == nil {
		err = carry(seen.Content, into)
	}
	t.failed(err, "%s reads %s/%s", who, kind, id)
}

// carry copies what was read, through its JSON.
func carry(from, into any) error {
	text, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// vote casts a ballot, signed with the member's key.
func (t *teller) vote(id string, item string, who roster.PersonID, choice session.Choice) {
	if t.err != nil {
		return
	}
	b, err := Ballot(t.ctx, t.clerk, t.ballot[who], who, id, item, choice)
	t.failed(err, "%s votes", who)
	t.do(who, "session.vote", id, body{"item": b.Item, "seat": b.Seat, "choice": b.Choice, "signature": b.Signature})
}

// Ballot fills a ballot in for a member and signs it.
func Ballot(ctx context.Context, c *clerk.Clerk, key ed25519.PrivateKey, who roster.PersonID, id, item string, choice session.Choice) (session.Ballot, error) {
	var s session.Session
	seen, err := c.Read(ctx, clerk.Order{By: who, Purpose: "to vote"}, "session", id, clerk.When{})
	if err == nil {
		err = carry(seen.Content, &s)
	}
	if err != nil {
		return session.Ballot{}, err
	}
	b := session.Ballot{Item: item, Person: who, Choice: choice}
	for _, seat := range s.Seats {
		if seat.Holder == who || seat.Deputy == who {
			b.Seat = seat.ID
		}
	}
	for _, i := range s.Items {
		if i.Key == item {
			b.Signature = ed25519.Sign(key, b.Text(s.ID, i.Agendum))
		}
	}
	return b, nil
}

// sign signs a decision for an office.
func (t *teller) sign(who roster.PersonID, office, id string) {
	var d struct {
		Digest string `json:"digest"`
	}
	t.read(who, "decision", id, &d)
	t.do(who, "decision.sign", id, body{"office": office, "digest": d.Digest})
}
