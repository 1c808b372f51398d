package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/screen"
)

// screenSubjectVerb screens by a server, which knows the exclusions too.
func screenSubjectVerb() verb {
	body := reflect.TypeFor[clerk.Question]()
	return verb{
		name: "screen subject", args: "[FIELD=VALUE...] [@FILE|-]",
		short: "ask a server for somebody: hits, and the exclusions and certificates that cover them",
		long:  "It ends with exit code 1 if there are hits, also where an exclusion covers them: nothing is suppressed.",
		body:  body,
		examples: []string{
			`screen subject subject.kind=organisation subject.names.0.full="Islamic State"`,
			`screen subject subject.kind=person subject.names.0.full="Ivan Petrov" subject.born.0=1957 --json`,
		},
		json: true,
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				g, err := tellApart(args)
				if err != nil {
					return false, err
				}
				if len(g.words) > 0 {
					return false, wrongUsage("screen subject: %q is no FIELD=VALUE", g.words[0])
				}
				question, err := bodyOf(c, body, g)
				if err != nil {
					return false, err
				}
				text, err := r.send(ctx, http.MethodPost, "/v1/screen/name", nil, question)
				if err != nil {
					return false, err
				}
				return writeFound(c, text)
			}
		},
	}
}

// foundSubject is the answer of a server about somebody.
type foundSubject struct {
	Query  string        `json:"query"`
	Status screen.Status `json:"status"`
	Reason string        `json:"reason"`
	Hits   []struct {
		Subject    string               `json:"subject"`
		Caption    string               `json:"caption"`
		Band       screen.Band          `json:"band"`
		Score      json.Number          `json:"score"`
		Confidence json.Number          `json:"confidence"`
		Name       string               `json:"name"`
		Listings   []screen.CardListing `json:"listings"`
	} `json:"hits"`
	Excluded map[string]string `json:"excluded"`
	screen.Stamp
}

func writeFound(c *call, text []byte) (hits bool, err error) {
	var a foundSubject
	if err := readAnswer(text, &a); err != nil {
		return false, err
	}
	hits = a.Status == screen.Hits
	if c.JSON {
		_, err := fmt.Fprintf(c.out, "%s\n", strings.TrimSpace(string(text)))
		return hits, err
	}
	switch a.Status {
	case screen.NotScreened:
		fmt.Fprintf(c.out, "%s: %s: %s\n", c.bold(a.Query), c.yellow("not screened"), a.Reason)
	case screen.None:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(a.Query), c.green("no hit"))
	default:
		fmt.Fprintf(c.out, "%s: %s\n", c.bold(a.Query), plural(len(a.Hits), "hit", "hits"))
		t := newTable("band", ">score", ">confidence", "subject", "listed as", "of", "listed by", "excluded by")
		for _, h := range a.Hits {
			t.add(paintBand(c, h.Band), h.Score.String(), h.Confidence.String(), h.Subject, h.Name, h.Caption, listedBy(h.Listings), c.green(a.Excluded[h.Subject]))
		}
		if err := t.write(c.out, c); err != nil {
			return hits, err
		}
	}
	writeStamp(c, a.Stamp)
	return hits, nil
}
