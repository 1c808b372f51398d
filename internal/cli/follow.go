package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"interdict/internal/archive"
	"interdict/internal/follow"
	"interdict/internal/lookout"
)

var followVerb = verb{
	name: "follow", args: "URL", short: "follow the published list of an authority", json: true, data: true,
	long: `Verifies signature, place in the log and consistency with what was seen last; then loads the list into the register here, screens the
customer book against it, and writes new alerts to a file. Goes on until it is stopped, also while the authority is away. Customers never
leave this machine: with --report-key the authority is told the edition, the hop (received, loaded, screened) and the time.

A fork of the log, a rollback, and files that are not what was signed are refused: exit code 3, and the last good state stays in force.
With --once, exit code 1 means new alerts.

With --listen the institution's people have a desk: new alerts go into the institution's own ledger instead of the file (institution
found makes one), officers triage them and file reports over the API there, and with --report-key reports are carried to the authority and
its answers fetched. What is refused is told, and the desk stays open on the last good state.`,
	examples: []string{
		"follow https://commission.example/list --key list.pub --book customers.csv",
		"follow https://commission.example/list --key 'interdict-list/ab+1234+…' --report-key officer.key",
		"follow http://127.0.0.1:8080/list --key list.pub --data bank --book customers.csv --once",
		"follow https://commission.example/list --key list.pub --data bank --book customers.csv --report-key bank.key --listen 127.0.0.1:8081",
	},
	setup: func(f *flag.FlagSet) action {
		s := &following{}
		place := ledgerFlags(f)
		s.serving.flags(f, "")
		f.StringVar(&s.key, "key", "", "the verifier `KEY` of the list, or its file; ask the authority for it by another way")
		f.StringVar(&s.book, "book", "", "the `FILE` of your customers, CSV or XLSX, read anew at each change")
		f.StringVar(&s.alerts, "alerts", "", "the `FILE` that new alerts are added to, one JSON object a line (default: alerts.jsonl in the data folder)")
		f.StringVar(&s.reportKey, "report-key", "", "the `FILE` of your API key at the authority; acknowledgements are sent with it")
		f.StringVar(&s.reportTo, "report-to", "", "the `URL` of the authority's server (default: that of the list)")
		f.DurationVar(&s.every, "every", time.Minute, "the longest `TIME` between two looks where no hint comes")
		f.BoolVar(&s.once, "once", false, "look once and end")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			s.place = place.at(c)
			return s.run(ctx, c, args)
		}
	},
}

// following is how an authority is followed.
type following struct {
	key, book, alerts, reportKey, reportTo string
	every                                  time.Duration
	once                                   bool
	serving                                serving // of the desk; not listened on: there is none
	place                                  ledgerPlace
}

func (s *following) run(ctx context.Context, c *call, args []string) (hits bool, err error) {
	if len(args) != 1 || s.key == "" {
		return false, wrongUsage("name the URL of one published list, and its key by --key")
	}
	if s.every < time.Second {
		return false, wrongUsage("--every %s is less than a second", s.every)
	}
	list := strings.TrimRight(args[0], "/")
	if s.serving.listen != "" {
		return s.desk(ctx, c, list)
	}
	a, err := openArchive(c)
	if err != nil {
		return false, err
	}
	defer a.Close()
	l, err := openLookout(a)
	if err != nil {
		return false, err
	}
	config, err := s.config(c, a, l, list)
	if err != nil {
		return false, err
	}
	var found *finding
	if s.book != "" {
		if found, err = openFinding(s, c.Data, config.Lookout); err != nil {
			return false, err
		}
		defer found.close()
		config.Screen = found.screen
	}
	f, err := follow.Open(config)
	if err != nil {
		return false, err
	}
	if !s.once {
		return false, f.Run(ctx, func(o follow.Outcome, err error) { s.say(c, o, found.take(), found.where(), err) })
	}
	o, err := f.Look(ctx)
	s.say(c, o, found.take(), found.where(), err)
	return found != nil && found.added > 0, err
}

// config joins what a follower works with.
func (s *following) config(c *call, a *archive.Archive, l *lookout.Lookout, list string) (follow.Config, error) {
	u, err := url.Parse(list)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return follow.Config{}, wrongUsage("%q is no URL of a published list", list)
	}
	config := follow.Config{
		URL: list, Dir: followDir(c.Data), Archive: a, Lookout: l,
		Client: &http.Client{Timeout: time.Minute}, Now: time.Now, Every: s.every,
	}
	if config.Key, err = verifierOf(ledgerPlace{}, s.key); err != nil {
		return config, err
	}
	if s.reportKey == "" {
		return config, nil
	}
	desk := &follow.Desk{URL: strings.TrimRight(s.reportTo, "/"), Client: &http.Client{
		Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // it could carry the key away
	}}
	if desk.URL == "" {
		desk.URL = u.Scheme + "://" + u.Host
	}
	if desk.Key, err = readSecret(s.reportKey); err != nil {
		return config, fmt.Errorf("reading the key for reports: %w", err)
	}
	config.Desk = desk
	return config, desk.Check()
}

// looked is a look as it is told in JSON.
type looked struct {
	At time.Time `json:"at"`
	follow.Outcome
	Alerts int    `json:"new_alerts"`
	Error  string `json:"error,omitempty"`
}

// say tells a look, with the alerts that it raised and where these stand: on
// standard output, so that it can be kept.
func (s *following) say(c *call, o follow.Outcome, alerts int, where string, err error) {
	l := looked{At: time.Now().UTC(), Outcome: o, Alerts: alerts}
	if err != nil {
		l.Error = err.Error()
	}
	switch {
	case c.JSON:
		err = c.writeJSON(l)
	case where != "" && (o.New || alerts > 0):
		_, err = fmt.Fprintf(c.out, "%s %s; %s in %s\n", l.At.Format(time.RFC3339), o.Says(err), plural(alerts, "new alert", "new alerts"), where)
	default:
		_, err = fmt.Fprintf(c.out, "%s %s\n", l.At.Format(time.RFC3339), o.Says(err))
	}
	if err = errors.Join(err, c.out.Flush()); err != nil {
		fmt.Fprintf(c.err, "interdict: %v\n", err)
	}
}
