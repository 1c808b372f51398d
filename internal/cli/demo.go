package cli

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"

	"interdict/internal/demo"
	"interdict/internal/fault"
)

var demoVerb = verb{
	name: "demo", short: "start an invented authority and two institutions, with a case at every stage", json: true,
	long: `One process, three servers on this machine: an authority, a bank and a payment house that follow its list, each with a ledger and people of
its own. Everybody is invented; beside them stands the starter register. A click lets a visitor in as anybody, therefore it listens on
this machine only. The case is made anew in a temporary folder, which goes with Ctrl-C; with --data it stays and goes on.

With --json the addresses, an API key of each server, the accounts and the tour are one object on the first line.`,
	examples: []string{"demo", "demo --listen 127.0.0.1:9000", "demo --data demo-data", "demo --json"},
	setup: func(f *flag.FlagSet) action {
		listen := f.String("listen", "127.0.0.1:8080", "the `ADDRESS` of the authority; the others have the next two ports, or any if port is 0")
		data := f.String("data", "", "the `DIR` to keep (default: a temporary one, removed at the end)")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("demo takes no arguments")
			}
			return false, play(ctx, c, *listen, *data)
		}
	},
}

// play opens the three houses, tells the story if they are new, and serves them
// until the context ends.
func play(ctx context.Context, c *call, listen, dir string) (err error) {
	listeners, err := demoListeners(listen)
	if err != nil {
		return err
	}
	passing := dir == ""
	if passing {
		if dir, err = os.MkdirTemp("", "interdict-demo-"); err != nil {
			return outputError(err)
		}
		defer func() {
			if gone := os.RemoveAll(dir); err == nil && gone != nil {
				err = outputError(gone)
			}
		}()
	}
	s := newStage(c, dir, listeners)
	s.passing = passing
	defer s.close(&err)
	if err := s.raise(ctx); err != nil {
		return err
	}
	keys, err := s.keys(ctx)
	if err != nil {
		return err
	}
	return s.serve(ctx, func() error { return showDemo(c, s, keys) })
}

// demoListeners listens on three ports of this machine.
func demoListeners(listen string) (map[demo.Server]net.Listener, error) {
	addr, err := net.ResolveTCPAddr("tcp", listen)
	if err != nil {
		return nil, wrongUsage("--listen %s: %v", listen, err)
	}
	if !addr.IP.IsLoopback() {
		return nil, wrongUsage("--listen %s: the demo lets everybody in as anybody, and listens on this machine only: 127.0.0.1:PORT", listen)
	}
	all := map[demo.Server]net.Listener{}
	for _, server := range demo.Servers() {
		l, err := net.ListenTCP("tcp", addr)
		if err != nil {
			for _, l := range all {
				l.Close()
			}
			return nil, fault.Hint(fault.As(fault.Unavailable, err), "name another address: interdict demo --listen 127.0.0.1:PORT; the demo takes PORT and the two after it")
		}
		all[server] = l
		if addr.Port != 0 {
			addr.Port++
		}
	}
	return all, nil
}

// demoJSON is the demo as --json tells it.
type demoJSON struct {
	URL      string         `json:"url"` // of the page to begin with
	Servers  []demoServer   `json:"servers"`
	Accounts []demo.Account `json:"accounts"`
	Tour     []demo.Step    `json:"tour"`
}

type demoServer struct {
	Server demo.Server `json:"server"`
	Title  string      `json:"title"`
	URL    string      `json:"url"`
	Person string      `json:"person"` // whose key it is
	Key    string      `json:"key"`
}

// showDemo says where everything is.
func showDemo(c *call, s *stage, keys map[demo.Server]demo.Key) error {
	begin := s.url(demo.Authority) + demo.PagePath
	if c.JSON {
		out := demoJSON{URL: begin, Accounts: demo.Accounts(), Tour: s.told.Things.Tour()}
		for _, server := range demo.Servers() {
			k := keys[server]
			out.Servers = append(out.Servers, demoServer{server, server.Title(), s.url(server), string(k.Person), k.Text})
		}
		if err := c.writeJSON(out); err != nil {
			return err
		}
		return c.out.Flush()
	}
	fmt.Fprintf(c.out, "%s\n\n", c.bold("Open "+begin+" and be whoever you like."))
	for _, server := range demo.Servers() {
		fmt.Fprintf(c.out, "%s  %s\n", c.bold(server.Title()), s.url(server))
		t := newTable("account", "name", "role")
		for _, a := range demo.Accounts() {
			if a.Server == server {
				t.add(string(a.Person), a.Name, a.Role)
			}
		}
		if err := t.write(c.out, c); err != nil {
			return err
		}
		k := keys[server]
		fmt.Fprintf(c.out, "as %s: curl -H 'Authorization: Bearer %s' %s%s\n\n", k.Person, k.Text, s.url(server), k.Path)
	}
	fmt.Fprintf(c.out, "%s\n", c.bold("The tour"))
	for i, step := range s.told.Things.Tour() {
		who := string(step.Account)
		if who == "" {
			who = "anybody"
		}
		fmt.Fprintf(c.out, "%2d. %s (%s): %s%s\n", i+1, step.Title, who, s.url(step.Server), step.Path)
	}
	fmt.Fprintf(c.out, "\nEverybody in it is invented. Ctrl-C ends it%s.\n", map[bool]string{true: " and removes " + s.dir, false: "; " + s.dir + " stays"}[s.passing])
	return c.out.Flush()
}
