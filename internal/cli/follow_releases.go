package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"

	"interdict/internal/clerk"
)

var followReleasesVerb = verb{
	name: "follow releases", short: "list what is frozen and no longer listed, at the institution's desk", json: true,
	long: `Freezes that were reported from this desk, whose entry ended in the followed list, and of which no release was reported under the same
entry and case number. It asks the server of the institution (--server, or INTERDICT_SERVER).`,
	examples: []string{"follow releases --server http://127.0.0.1:8081 --api-key olga.key --purpose 'to release what is free again'"},
	setup: func(f *flag.FlagSet) action {
		r := remoteFlags(f)
		purpose := purposeFlag(f)
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("follow releases takes no argument, but was given %q", args[0])
			}
			text, err := r.get(ctx, "/v1/following/releases", *purpose)
			if err != nil {
				return false, err
			}
			if c.JSON {
				_, err = c.out.Write(text)
				return false, err
			}
			var x struct {
				Releases []clerk.Release `json:"releases"`
			}
			if err := json.Unmarshal(text, &x); err != nil {
				return false, fmt.Errorf("reading the answer: %w", err)
			}
			t := newTable("entry", "case", "ended", "in edition", "report")
			for _, r := range x.Releases {
				t.add(r.Entry, r.Reference, r.Lifted.On, fmt.Sprint(r.Lifted.Edition), r.Report)
			}
			return false, t.write(c.out, c)
		}
	},
}
