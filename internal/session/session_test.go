package session_test

import (
	"crypto/ed25519"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/event/eventtest"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/roster"
	"interdict/internal/session"
)

var (
	day    = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	sid    = id.New[session.Session]([10]byte{1})
	item   = session.Agendum{Key: "i1", Measure: "freeze", Question: "Freeze?", Pin: dossier.Pin{Statute: "model", StatuteVersion: "v1", Dossier: id.New[dossier.Dossier]([10]byte{2}), Version: 7, Digest: "d1", Snapshot: "sn"}}
	rules  = session.Rules{Quorum: session.Quorum{Kind: session.Fraction, Num: 1, Den: 2, Strict: true}, Majority: session.Simple, Of: session.OfVoting, Tie: session.ChairCasts, Declare: true, Written: true, NoObjection: true, Dissent: true}
	always = deadline.Calendar{Name: "none", Title: "No days off", Source: "none", AsOf: deadline.Day{Year: 2026, Month: 1, Day: 1}, Verified: deadline.Official, Zone: "UTC"}
	none   deadline.Clock
)

func secret(p roster.PersonID) ed25519.PrivateKey {
	seed := [ed25519.SeedSize]byte{}
	copy(seed[:], p)
	return ed25519.NewKeyFromSeed(seed[:])
}

func public(p roster.PersonID) []byte { return secret(p).Public().(ed25519.PublicKey) }

// seats are the chair's (m1) and four more; m5 has a deputy d5.
func seats() []session.Seat {
	var all []session.Seat
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		m := roster.PersonID("m" + n)
		all = append(all, session.Seat{ID: roster.SeatID("s" + n), Chair: n == "1", Holder: m, HolderKey: public(m)})
	}
	all[4].Deputy, all[4].DeputyKey = "d5", public("d5")
	return all
}

func person(i roster.PersonID) roster.Person {
	return roster.Person{ID: i, Organisation: "mkp", Roles: []roster.Role{roster.Member}}
}

func ballot(p roster.PersonID, c session.Choice) session.Ballot {
	b := session.Ballot{Item: "i1", Seat: roster.SeatID("s" + string(p[1:])), Person: p, Choice: c}
	b.Signature = ed25519.Sign(secret(p), b.Text(sid, item))
	return b
}

func clock(t eventtest.T) deadline.Clock {
	c, err := deadline.Start(deadline.Rule{Span: deadline.Span{Amount: 24, Unit: deadline.Hours}, Start: deadline.Instant, Roll: deadline.NoRoll, Calendar: "none", OnExpiry: deadline.DeemedApproval}, always, day)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return c
}

type tale struct {
	*eventtest.Story[session.Session]
}

func story() tale {
	r := &event.Registry{}
	session.Events(r)
	return tale{&eventtest.Story[session.Session]{Registry: r, Stream: session.Stream(sid)}}
}

// tell tells events, each ballot by the person who cast it.
func (s tale) tell(t eventtest.T, at time.Time, events ...event.Event) {
	for _, e := range events {
		by := "sec"
		if b, ok := e.(session.BallotCast); ok {
			by = string(b.Person)
		}
		s.Tell(t, by, "mkp", at, e)
	}
}

func called(r session.Rules) []event.Event {
	return []event.Event{session.Convened{ID: sid, Statute: "model", StatuteVersion: "v1", Rules: r, On: day}, session.ItemListed{item}}
}

func opened(r session.Rules, who ...roster.PersonID) []event.Event {
	events := append(called(r), session.Opened{seats()})
	for _, p := range who {
		events = append(events, session.Came{roster.SeatID("s" + string(p[1:])), p}, session.Declared{"i1", p})
	}
	return events
}

func put(r session.Rules, who ...roster.PersonID) []event.Event {
	return append(opened(r, who...), session.VoteOpened{Item: "i1", Mode: session.OpenVote})
}

func TestWhatMayHappenInASession(t *testing.T) {
	type events = []event.Event
	type verb = func(session.Session) ([]event.Event, error)
	vote := func(b session.Ballot) verb {
		return func(s session.Session) ([]event.Event, error) { return s.Vote(person(b.Person), day, b) }
	}
	forged := ballot("m2", session.Yes)
	forged.Choice = session.No
	stolen := ballot("m2", session.Yes)
	stolen.Seat = "s3"
	written := append(opened(rules), session.VoteOpened{Item: "i1", Mode: session.WrittenVote, Clock: clock(t)}, session.Declared{"i1", "m2"})
	another := item
	another.Key, another.Pin.StatuteVersion = "i2", "v2"
	for name, c := range map[string]struct {
		given events
		when  verb
		err   string
		kinds []string
	}{
		"rules that nobody could vote under": {nil, func(s session.Session) ([]event.Event, error) {
			return s.Call(person("sec"), day, session.Convened{ID: sid, Statute: "m", StatuteVersion: "v", On: day})
		}, "invalid", nil},
		"no session in the past": {nil, func(s session.Session) ([]event.Event, error) {
			return s.Call(person("sec"), day, session.Convened{ID: sid, Statute: "m", StatuteVersion: "v", Rules: rules, On: day.Add(-1)})
		}, "invalid", nil},
		"an item is of the same statute":      {called(rules), func(s session.Session) ([]event.Event, error) { return s.List(another) }, "conflict", nil},
		"an empty commission opens":           {called(rules), func(s session.Session) ([]event.Event, error) { return s.Open(nil) }, "", []string{"session.opened"}},
		"and decides nothing":                 {append(called(rules), session.Opened{}), func(s session.Session) ([]event.Event, error) { return s.Put(day, "i1", session.OpenVote, none) }, "conflict", nil},
		"not by silence either":               {append(called(rules), session.Opened{}), func(s session.Session) ([]event.Event, error) { return s.Put(day, "i1", session.NoObjection, clock(t)) }, "conflict", nil},
		"nobody sits twice":                   {called(rules), func(s session.Session) ([]event.Event, error) { x := seats(); x[0].Deputy = "m2"; return s.Open(x) }, "invalid", nil},
		"a stranger is not present":           {opened(rules), func(s session.Session) ([]event.Event, error) { return s.Come("zoe") }, "invalid", nil},
		"a deputy waits for the holder":       {opened(rules, "m5"), func(s session.Session) ([]event.Event, error) { return s.Come("d5") }, "conflict", nil},
		"a deputy sits for the absent holder": {opened(rules), func(s session.Session) ([]event.Event, error) { return s.Come("d5") }, "", []string{"session.came"}},
		"half is no strict quorum":            {opened(rules, "m1", "m2"), func(s session.Session) ([]event.Event, error) { return s.Put(day, "i1", session.OpenVote, none) }, "conflict", nil},
		"three of five are":                   {opened(rules, "m1", "m2", "m3"), func(s session.Session) ([]event.Event, error) { return s.Put(day, "i1", session.OpenVote, none) }, "", []string{"session.vote_opened"}},
		"a recused one makes no quorum":       {append(opened(rules, "m1", "m2", "m3"), session.Recused{"i1", "m3", "cousin"}), func(s session.Session) ([]event.Event, error) { return s.Put(day, "i1", session.OpenVote, none) }, "conflict", nil},
		"a conflict is a recusal":             {opened(rules), func(s session.Session) ([]event.Event, error) { return s.Declare(person("m2"), "i1", true, "cousin") }, "", []string{"session.recused"}},
		"a member recuses himself":            {opened(rules, "m2"), func(s session.Session) ([]event.Event, error) { return s.Recuse(person("m2"), "i1", "m2", "cousin") }, "", []string{"session.recused"}},
		"not another":                         {opened(rules, "m2"), func(s session.Session) ([]event.Event, error) { return s.Recuse(person("m3"), "i1", "m2", "cousin") }, "forbidden", nil},
		"the chair may, before the question":  {opened(rules, "m2"), func(s session.Session) ([]event.Event, error) { return s.Recuse(person("m1"), "i1", "m2", "cousin") }, "", []string{"session.recused"}},
		"not after":                           {put(rules, "m1", "m2", "m3"), func(s session.Session) ([]event.Event, error) { return s.Recuse(person("m1"), "i1", "m2", "cousin") }, "conflict", nil},
		"a ballot is cast":                    {put(rules, "m1", "m2", "m3"), vote(ballot("m2", session.Yes)), "", []string{"session.ballot_cast"}},
		"once":                                {append(put(rules, "m1", "m2", "m3"), session.BallotCast{ballot("m2", session.Yes)}), vote(ballot("m2", session.No)), "conflict", nil},
		"not before the question":             {opened(rules, "m1", "m2", "m3"), vote(ballot("m2", session.Yes)), "conflict", nil},
		"not by an absent one":                {put(rules, "m1", "m2", "m3"), vote(ballot("m4", session.Yes)), "forbidden", nil},
		"not by a recused one":                {append(put(rules, "m1", "m2", "m3", "m4"), session.Recused{"i1", "m2", "x"}), vote(ballot("m2", session.Yes)), "forbidden", nil},
		"not without a declaration":           {append(put(rules, "m1", "m2", "m3"), session.Came{"s4", "m4"}), vote(ballot("m4", session.Yes)), "conflict", nil},
		"not with another's signature":        {put(rules, "m1", "m2", "m3"), vote(forged), "invalid", nil},
		"not for another seat":                {put(rules, "m1", "m2", "m3"), vote(stolen), "invalid", nil},
		"not for another person": {put(rules, "m1", "m2", "m3"), func(s session.Session) ([]event.Event, error) {
			return s.Vote(person("m1"), day, ballot("m2", session.Yes))
		}, "forbidden", nil},
		"the written vote waits": {written, func(s session.Session) ([]event.Event, error) { return s.Count(day.Add(24*time.Hour), "i1") }, "conflict", nil},
		"it ends with its clock": {written, func(s session.Session) ([]event.Event, error) { return s.Count(day.Add(25*time.Hour), "i1") }, "", []string{"session.item_adjourned"}},
		"a late answer does not count": {written, func(s session.Session) ([]event.Event, error) {
			return s.Vote(person("m2"), day.Add(25*time.Hour), ballot("m2", session.Yes))
		}, "conflict", nil},
		"a deputy does not answer in writing":  {written, vote(ballot("d5", session.Yes)), "forbidden", nil},
		"the statute may know no written vote": {opened(session.Rules{Quorum: rules.Quorum, Majority: rules.Majority, Of: rules.Of, Tie: rules.Tie}), func(s session.Session) ([]event.Event, error) { return s.Put(day, "i1", session.WrittenVote, clock(t)) }, "conflict", nil},
		"a dissent needs a vote against":       {append(put(rules, "m1", "m2", "m3"), session.BallotCast{ballot("m2", session.Yes)}), func(s session.Session) ([]event.Event, error) { return s.Dissent(person("m2"), "i1", "but") }, "forbidden", nil},
		"and is recorded":                      {append(put(rules, "m1", "m2", "m3"), session.BallotCast{ballot("m2", session.No)}), func(s session.Session) ([]event.Event, error) { return s.Dissent(person("m2"), "i1", "but") }, "", []string{"session.dissented"}},
		"no session closes over a question":    {opened(rules), func(s session.Session) ([]event.Event, error) { return s.Close("") }, "conflict", nil},
		"a vote is counted, not adjourned":     {put(rules, "m1", "m2", "m3"), func(s session.Session) ([]event.Event, error) { return s.Adjourn("i1", "late") }, "conflict", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := story()
			s.tell(t, day, c.given...)
			got, err := c.when(s.Now)
			eventtest.Want(t, got, err, c.err, c.kinds...)
		})
	}
}

func TestHowVotesAreCounted(t *testing.T) {
	with := func(f func(*session.Rules)) session.Rules { r := rules; f(&r); return r }
	for name, c := range map[string]struct {
		rules session.Rules
		there string // seats present
		votes string // of m1, m2 …: y n a, - for none
		want  session.Result
	}{
		"more for than against":               {rules, "12345", "yynny", session.Carried},
		"more against than for":               {rules, "12345", "ynnny", session.Failed},
		"abstentions do not count":            {rules, "12345", "yaaaa", session.Carried},
		"unless the statute counts them":      {with(func(r *session.Rules) { r.AbstainCount = true }), "12345", "yaaaa", session.Failed},
		"a tie goes with the chair":           {rules, "1234", "ynyn-", session.Carried},
		"also against":                        {rules, "1234", "nnyy-", session.Failed},
		"a tie without the chair fails":       {rules, "2345", "-nyyn", session.Failed},
		"a tie may fail":                      {with(func(r *session.Rules) { r.Tie = session.Fails }), "1234", "ynyn-", session.Failed},
		"a tie may adjourn":                   {with(func(r *session.Rules) { r.Tie = session.Adjourns }), "1234", "ynyn-", session.Tied},
		"nobody votes":                        {rules, "12345", "-----", session.Failed},
		"two thirds":                          {with(func(r *session.Rules) { r.Majority = session.TwoThirds }), "123", "yyn--", session.Carried},
		"less than two thirds":                {with(func(r *session.Rules) { r.Majority = session.TwoThirds }), "12345", "yyynn", session.Failed},
		"unanimous of those present":          {with(func(r *session.Rules) { r.Majority, r.Of = session.Unanimous, session.OfPresent }), "123", "yya--", session.Failed},
		"unanimous":                           {with(func(r *session.Rules) { r.Majority, r.Of = session.Unanimous, session.OfPresent }), "123", "yyy--", session.Carried},
		"consensus suffers silence":           {with(func(r *session.Rules) { r.Majority = session.Consensus }), "123", "yaa--", session.Carried},
		"consensus suffers no objection":      {with(func(r *session.Rules) { r.Majority = session.Consensus }), "12345", "yyyyn", session.Failed},
		"most of all seats":                   {with(func(r *session.Rules) { r.Of = session.OfAll }), "123", "yyy--", session.Carried},
		"most of those present, not of all":   {with(func(r *session.Rules) { r.Of = session.OfAll }), "123", "yyn--", session.Failed},
		"a majority of those who are present": {with(func(r *session.Rules) { r.Of = session.OfPresent }), "12345", "yyaaa", session.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			s := story()
			var who []roster.PersonID
			for _, n := range c.there {
				who = append(who, roster.PersonID(fmt.Sprintf("m%c", n)))
			}
			s.tell(t, day, put(c.rules, who...)...)
			for i, v := range c.votes {
				choice, ok := map[rune]session.Choice{'y': session.Yes, 'n': session.No, 'a': session.Abstain}[v]
				if !ok {
					continue
				}
				events, err := s.Now.Vote(person(roster.PersonID(fmt.Sprint("m", i+1))), day, ballot(roster.PersonID(fmt.Sprint("m", i+1)), choice))
				if err != nil {
					t.Fatal(err)
				}
				s.tell(t, day, events...)
			}
			events, err := s.Now.Count(day, "i1")
			if err != nil {
				t.Fatal(err)
			}
			s.tell(t, day, events...)
			if got := s.Now.Items[0].Tally; got.Result != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestSilenceApprovesOnlyWhenTimeIsOverAndNobodyObjected(t *testing.T) {
	open := append(opened(rules), session.VoteOpened{Item: "i1", Mode: session.NoObjection, Clock: clock(t)}, session.Declared{"i1", "m2"})
	s := story()
	s.tell(t, day, open...)
	if _, err := s.Now.Count(day.Add(time.Hour), "i1"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("counted before the time is over: %v", err)
	}
	events, err := s.Now.Count(day.Add(25*time.Hour), "i1")
	eventtest.Want(t, events, err, "", "session.item_carried")
	s.tell(t, day, session.BallotCast{ballot("m2", session.No)})
	events, err = s.Now.Count(day.Add(time.Hour), "i1")
	eventtest.Want(t, events, err, "", "session.item_failed")
}

func TestABallotOfOneWhoStandsAsideLaterDoesNotCount(t *testing.T) {
	s := story()
	s.tell(t, day, put(rules, "m1", "m2", "m3", "m4")...)
	s.tell(t, day, session.BallotCast{ballot("m1", session.No)}, session.BallotCast{ballot("m2", session.Yes)}, session.BallotCast{ballot("m3", session.Yes)})
	events, err := s.Now.Recuse(person("m3"), "i1", "m3", "cousin")
	if err != nil {
		t.Fatal(err)
	}
	s.tell(t, day, events...)
	events, err = s.Now.Count(day, "i1")
	eventtest.Want(t, events, err, "", "session.item_failed")
	if got := events[0].(session.ItemFailed).Tally; got.Yes != 1 || got.No != 1 || got.Present != 3 {
		t.Errorf("got %s", got)
	}
	s.tell(t, day, events...)
	if _, notes, _ := s.Now.Recount("i1"); len(notes) != 1 || !strings.Contains(notes[0], "m3 on seat s3: recused") {
		t.Errorf("notes %q", notes)
	}
}

func TestWhoLeavesAfterTheCountDoesNotChangeIt(t *testing.T) {
	r := rules
	r.Of = session.OfPresent
	s := story()
	s.tell(t, day, put(r, "m1", "m2", "m3", "m4")...)
	for _, m := range []roster.PersonID{"m1", "m2", "m3"} {
		s.tell(t, day, session.BallotCast{ballot(m, session.Yes)})
	}
	events, err := s.Now.Count(day, "i1")
	eventtest.Want(t, events, err, "", "session.item_carried")
	s.tell(t, day, append(events, session.Went{"m4"})...)
	if tally, notes, err := s.Now.Recount("i1"); err != nil || len(notes) > 0 || tally.Present != 4 {
		t.Errorf("recount %s, %q, %v", tally, notes, err)
	}
}

func TestARecountFindsWhatWasSlippedIn(t *testing.T) {
	s := story()
	s.tell(t, day, put(rules, "m1", "m2", "m3")...)
	forged := ballot("m2", session.Yes)
	forged.Choice = session.No
	s.tell(t, day, session.BallotCast{ballot("m1", session.Yes)}, session.BallotCast{forged}, session.BallotCast{ballot("m4", session.No)})
	s.Tell(t, "sec", "mkp", day, session.BallotCast{ballot("m3", session.No)})
	s.tell(t, day, session.ItemFailed{"i1", session.Tally{Seats: 5, Quorum: 3, Present: 3, No: 3, Base: 3, Result: session.Failed}}, session.Went{"m1"})
	tally, notes, err := s.Now.Recount("i1")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"m2 on seat s2: ballot of m2: the signature does not fit", "m4 on seat s4: absent", "m3 on seat s3: cast by sec", "another"} {
		if i >= len(notes) {
			t.Fatalf("notes %q", notes)
		}
		found := false
		for _, n := range notes {
			found = found || strings.Contains(n, want)
		}
		if !found {
			t.Errorf("nothing says %q: %q", want, notes)
		}
	}
	if tally.Yes != 1 || tally.No != 0 || tally.Result != session.Carried || tally.Present != 3 {
		t.Errorf("recount: %s", tally)
	}
}

func TestNoAbsentOrRecusedBallotCountsAndNothingPassesWithoutQuorum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := story()
		r := rules
		r.Majority = rapid.SampledFrom([]session.Majority{session.Simple, session.TwoThirds, session.Unanimous, session.Consensus}).Draw(t, "majority")
		r.Of = rapid.SampledFrom([]session.Base{session.OfVoting, session.OfPresent, session.OfAll}).Draw(t, "of")
		s.tell(t, day, append(called(r), session.Opened{seats()})...)
		who := rapid.SampledFrom([]roster.PersonID{"m1", "m2", "m3", "m4", "m5", "d5"})
		there := map[roster.PersonID]bool{}
		cast := map[roster.PersonID]session.Choice{} // by those there and not recused
		out := map[roster.PersonID]bool{}
		mode, ballots := session.Mode(""), 0
		try := func(events []event.Event, err error) bool {
			if err != nil {
				if fault.KindOf(err) == fault.Internal {
					t.Fatalf("%v", err)
				}
				return false
			}
			s.tell(t, day, events...)
			return true
		}
		t.Repeat(map[string]func(*rapid.T){
			"come": func(t *rapid.T) {
				if p := who.Draw(t, "who"); try(s.Now.Come(p)) {
					there[p] = true
				}
			},
			"go": func(t *rapid.T) {
				if p := who.Draw(t, "who"); try(s.Now.Go(p)) {
					delete(there, p)
				}
			},
			"declare": func(t *rapid.T) { try(s.Now.Declare(person(who.Draw(t, "who")), "i1", false, "")) },
			"recuse": func(t *rapid.T) {
				p := who.Draw(t, "member")
				if try(s.Now.Recuse(person(who.Draw(t, "by")), "i1", p, "r")) {
					out[p] = true
				}
			},
			"put": func(t *rapid.T) {
				m := rapid.SampledFrom([]session.Mode{session.OpenVote, session.WrittenVote, session.NoObjection}).Draw(t, "mode")
				c := none
				if m != session.OpenVote {
					c = clock(t)
				}
				if try(s.Now.Put(day, "i1", m, c)) {
					mode = m
				}
			},
			"vote": func(t *rapid.T) {
				p := who.Draw(t, "who")
				c := rapid.SampledFrom([]session.Choice{session.Yes, session.No, session.Abstain}).Draw(t, "choice")
				if try(s.Now.Vote(person(p), day, ballot(p, c))) {
					if out[p] || mode == session.OpenVote && !there[p] {
						t.Fatalf("%s voted, there %v, recused %v", p, there[p], out[p])
					}
					cast[p] = c
				}
			},
			"count": func(t *rapid.T) {
				if !try(s.Now.Count(day.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "hour"))*time.Hour), "i1")) {
					return
				}
				yes, no := 0, 0
				seats := map[byte]bool{}
				for p, c := range cast {
					if !out[p] {
						seats[p[1]] = true
						switch c {
						case session.Yes:
							yes++
						case session.No:
							no++
						}
					}
				}
				if mode == session.OpenVote {
					for p := range there {
						if !out[p] {
							seats[p[1]] = true
						}
					}
				}
				tally := s.Now.Items[0].Tally
				if tally.Yes != yes || tally.No != no {
					t.Fatalf("counted %s, cast %v, recused %v", tally, cast, out)
				}
				if tally.Result == session.Carried && mode != session.NoObjection && (len(seats) < 3 || yes == 0) {
					t.Fatalf("carried by %v: %s", seats, tally)
				}
			},
			"": func(t *rapid.T) {
				if n := len(s.Now.Items[0].Ballots); n < ballots {
					t.Fatalf("a ballot is gone")
				} else {
					ballots = n
				}
				if i := s.Now.Items[0]; i.Tally != (session.Tally{}) {
					again, _, err := s.Now.Recount("i1")
					if err != nil || again != i.Tally {
						t.Fatalf("recount %s, count %s", again, i.Tally)
					}
				}
			},
		})
		s.Refold(t, session.Session{})
	})
}

func TestTheTextOfABallotIsForEver(t *testing.T) {
	want := "interdict ballot v1\nsession " + sid.String() + "\nitem \"i1\"\nmeasure \"freeze\"\nquestion \"Freeze?\"\ndossier " +
		item.Pin.Dossier.String() + "\ndigest d1\nseat \"s1\"\nperson \"m1\"\nchoice yes\n"
	if got := string(session.Ballot{Item: "i1", Seat: "s1", Person: "m1", Choice: session.Yes}.Text(sid, item)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestQuorumIsNeverNothing(t *testing.T) {
	for _, c := range []struct {
		q           session.Quorum
		seats, want int
	}{
		{session.Quorum{Kind: session.Fraction, Num: 1, Den: 2, Strict: true}, 0, 1},
		{session.Quorum{Kind: session.Fraction, Num: 1, Den: 2, Strict: true}, 4, 3},
		{session.Quorum{Kind: session.Fraction, Num: 1, Den: 2}, 5, 3},
		{session.Quorum{Kind: session.Fraction, Num: 1, Den: 2}, 4, 2},
		{session.Quorum{Kind: session.Fraction, Num: 2, Den: 3}, 10, 7},
		{session.Quorum{Kind: session.All}, 0, 1},
		{session.Quorum{Kind: session.All}, 7, 7},
		{session.Quorum{Kind: session.Count, Count: 4}, 2, 4},
	} {
		if got := c.q.Need(c.seats); got != c.want {
			t.Errorf("%+v of %d: %d, want %d", c.q, c.seats, got, c.want)
		}
	}
}

func TestTheCompositionCarriesTheKeysOfItsMembers(t *testing.T) {
	r := roster.Roster{
		People: map[roster.PersonID]roster.Person{"m1": {ID: "m1", Key: public("m1")}},
		Seats:  map[roster.SeatID]roster.Seat{"s2": {ID: "s2"}, "s1": {ID: "s1", Holder: "m1", Chair: true}},
	}
	got := session.SeatsOf(r)
	if len(got) != 2 || got[0].ID != "s1" || string(got[0].HolderKey) != string(public("m1")) || got[1].Holder != "" || got[1].HolderKey != nil {
		t.Errorf("got %+v", got)
	}
}
