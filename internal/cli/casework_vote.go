package cli

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/session"
)

func voteVerb(word string, cmd clerk.Command) verb {
	v := plainCommand(word, cmd)
	v.args, v.body = "ID", nil
	v.long = `The session is read, the text of the ballot is shown, and that very text is signed here with your own key (Ed25519). The key never
leaves this machine. Whoever may read the ballots can count them again: session recount.`
	v.examples = []string{"session vote ID --item 1 --choice yes --seat chair --signing-key mine.key"}
	v.setup = func(f *flag.FlagSet) action {
		o := orderFlags(f)
		b := session.Ballot{}
		f.StringVar(&b.Item, "item", "", "the `KEY` of the item of the agenda")
		choice := f.String("choice", "", "yes, no or abstain")
		seat := f.String("seat", "", "the `SEAT` for which you vote (default: the one that your key is stated for)")
		file := f.String("signing-key", "", "`FILE` of your signing key, as key new made it")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			id, err := idOf("session vote", "session", args)
			if err != nil {
				return false, err
			}
			b.Choice, b.Seat = session.Choice(*choice), roster.SeatID(*seat)
			if b.Item == "" || *choice == "" || *file == "" {
				return false, wrongUsage("session vote needs --item, --choice and --signing-key")
			}
			key, err := readSigningKey(*file)
			if err != nil {
				return false, err
			}
			return false, vote(ctx, c, o, cmd, id, b, key)
		}
	}
	return v
}

func vote(ctx context.Context, c *call, o *order, cmd clerk.Command, id string, b session.Ballot, key ed25519.PrivateKey) error {
	s, err := o.session(ctx, id, "", "casting a ballot on item "+b.Item)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(s.Items, func(x session.Item) bool { return x.Key == b.Item })
	if i < 0 {
		return fault.New(fault.NotFound, "not found: session %s has no item %q", id, b.Item)
	}
	if b.Seat, b.Person, err = seatOf(s, b.Seat, key.Public().(ed25519.PublicKey)); err != nil {
		return err
	}
	text := b.Text(s.ID, s.Items[i].Agendum)
	fmt.Fprintf(c.err, "%s\n%s", c.bold("you sign:"), text)
	b.Signature = ed25519.Sign(key, text)
	body, err := json.Marshal(map[string]any{"item": b.Item, "seat": b.Seat, "choice": b.Choice, "signature": b.Signature})
	if err != nil {
		return err
	}
	done, err := o.do(ctx, cmd, id, body)
	if err != nil {
		return err
	}
	return writeDone(c, done)
}

// session reads a session.
func (r *remote) session(ctx context.Context, id, asOf, purpose string) (session.Session, error) {
	text, err := r.read(ctx, "session", id, asOf, purpose)
	if err != nil {
		return session.Session{}, err
	}
	var seen struct {
		Content session.Session `json:"content"`
	}
	err = readAnswer(text, &seen)
	return seen.Content, err
}

// seatOf returns the seat, and the person on it, whose ballots the key signs.
// With no seat given it is the only one of that key.
func seatOf(s session.Session, wanted roster.SeatID, public ed25519.PublicKey) (roster.SeatID, roster.PersonID, error) {
	var seats []roster.SeatID
	var person roster.PersonID
	for _, x := range s.Seats {
		if wanted != "" && x.ID != wanted {
			continue
		}
		for p, key := range map[roster.PersonID][]byte{x.Holder: x.HolderKey, x.Deputy: x.DeputyKey} {
			if p != "" && public.Equal(ed25519.PublicKey(key)) {
				seats, person = append(seats, x.ID), p
			}
		}
	}
	switch {
	case len(seats) == 1:
		return seats[0], person, nil
	case len(seats) > 1:
		return "", "", fault.New(fault.Invalid, "your key is stated for several seats: name one by --seat")
	case wanted != "":
		return "", "", fault.Hint(fault.New(fault.Invalid, "nobody on the seat %q stated this key before the session opened", wanted),
			"interdict roster state_key key=PUBLIC states it, for sessions that open from then on")
	}
	return "", "", fault.Hint(fault.New(fault.Invalid, "nobody on any seat stated this key before the session opened"),
		"interdict roster state_key key=PUBLIC states it, for sessions that open from then on")
}

func recountVerb() verb {
	return verb{
		name: "session recount", args: "ID", short: "verify every ballot of an item here and count it again",
		long:     "The ballots are read and counted on this machine. A ballot that does not count, or a recorded count that is another one, is told and ends\nwith exit code 1.",
		examples: []string{`session recount ID --item 1 --purpose "yearly audit"`},
		json:     true,
		setup: func(f *flag.FlagSet) action {
			r, purpose := remoteFlags(f), purposeFlag(f)
			item := f.String("item", "", "the `KEY` of the item of the agenda")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				id, err := idOf("session recount", "session", args)
				if err != nil {
					return false, err
				}
				s, err := r.session(ctx, id, "", *purpose)
				if err != nil {
					return false, err
				}
				return recount(c, s, *item)
			}
		},
	}
}

func recount(c *call, s session.Session, item string) (doubtful bool, err error) {
	i := slices.IndexFunc(s.Items, func(x session.Item) bool { return x.Key == item })
	if i < 0 {
		return false, fault.New(fault.NotFound, "not found: session %s has no item %q", s.ID, item)
	}
	ballots := s.Items[i].Ballots
	if len(ballots) == 0 && s.Items[i].Tally.Yes+s.Items[i].Tally.No > 0 {
		return false, fault.New(fault.NotFound, "not found: the ballots of session %s are not yours to read", s.ID)
	}
	tally, doubts, err := s.Recount(item)
	if err != nil {
		return false, err
	}
	if c.JSON {
		return len(doubts) > 0, c.writeJSON(struct {
			Tally  session.Tally `json:"tally"`
			Doubts []string      `json:"doubts"`
		}{tally, append([]string{}, doubts...)})
	}
	t := newTable("seat", "person", "choice", "when")
	for _, b := range ballots {
		t.add(string(b.Seat), string(b.Person), string(b.Choice), instant(b.At))
	}
	if err := t.write(c.out, c); err != nil {
		return false, err
	}
	fmt.Fprintf(c.out, "\n%s: %s yes, %s no, %s abstained\n", tally.Result, strconv.Itoa(tally.Yes), strconv.Itoa(tally.No), strconv.Itoa(tally.Abstain))
	if len(doubts) > 0 {
		fmt.Fprintf(c.out, "%s\n", c.red(strings.Join(doubts, "\n")))
	}
	return len(doubts) > 0, nil
}
