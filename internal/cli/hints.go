package cli

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"strconv"

	"interdict/internal/clerk"
)

// hintsVerb shows how the hints of a subscription went.
func hintsVerb() verb {
	v := verb{
		name: "subscription hints", args: "ID", short: "show the latest hints of a subscription and how each try to send them went", json: true,
		long:     "Of what you may not know of yourself there is no hint here. Tries before the last one stand in --json.",
		examples: []string{"subscription hints ID", "subscription hints ID --state dead"},
	}
	v.setup = func(f *flag.FlagSet) action {
		r := remoteFlags(f)
		state := f.String("state", "", "only those that are in `STATE`: waiting, delivered, dead")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			id, err := idOf(v.name, "subscription", args)
			if err != nil {
				return false, err
			}
			path := address("subscription", id) + "/hints"
			if *state != "" {
				path += "?" + url.Values{"state": {*state}}.Encode()
			}
			text, err := r.get(ctx, path, "")
			if err != nil {
				return false, err
			}
			var all struct {
				Hints []clerk.Hint `json:"hints"`
			}
			if err := readAnswer(text, &all); err != nil {
				return false, err
			}
			if c.JSON {
				return false, c.writeJSON(all)
			}
			return false, writeHints(c, all.Hints)
		}
	}
	return v
}

func writeHints(c *call, hints []clerk.Hint) error {
	t := newTable("hint", "what happened", "to", "when", "state", ">tries", "last answer", "next try")
	for _, h := range hints {
		last, next := "", ""
		if n := len(h.Tries); n > 0 {
			last = h.Tries[n-1].Answer
			if status := h.Tries[n-1].Status; status != 0 {
				last = fmt.Sprint(status, " ", last)
			}
		}
		if !h.Next.IsZero() {
			next = instant(h.Next)
		}
		t.add(h.ID, string(h.Topic), h.Of, instant(h.Happened), h.State, strconv.Itoa(len(h.Tries)), last, next)
	}
	return t.write(c.out, c)
}
