package cli

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
)

func purposeFlag(f *flag.FlagSet) *string {
	return f.String("purpose", "", "what restricted content is read for, in `WORDS`; it stands in the ledger")
}

func listVerb(word, kind string) verb {
	return verb{
		name: word + " list", short: "list every " + kind + " that you may know of",
		long:     "What you may not see is left out and not counted. With --json the answer of the API is written, a page on a line.",
		examples: []string{word + " list", word + " list --state open --json"},
		json:     true,
		setup: func(f *flag.FlagSet) action {
			r, purpose := remoteFlags(f), purposeFlag(f)
			state := f.String("state", "", "only what is in this `STATE`")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) > 0 {
					return false, wrongUsage("%s list takes no argument, but was given %q", word, args[0])
				}
				return false, listThings(ctx, c, r, kind, *state, *purpose)
			}
		},
	}
}

// listThings writes every page of a list.
func listThings(ctx context.Context, c *call, r *remote, kind, state, purpose string) error {
	t := newTable("id", "state", ">version", "opened", "changed", "due", "title")
	for after := ""; ; {
		query := url.Values{"limit": {"200"}, "state": {state}, "after": {after}}
		text, err := r.get(ctx, collection(kind)+"?"+query.Encode(), purpose)
		if err != nil {
			return err
		}
		var page clerk.Page
		if err := readAnswer(text, &page); err != nil {
			return err
		}
		if c.JSON {
			if err := c.writeJSON(page); err != nil {
				return err
			}
		}
		for _, row := range page.Rows {
			t.add(row.ID, row.State, strconv.FormatUint(row.Version, 10), instant(row.Opened), instant(row.Changed), instant(row.Due), row.Title)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if c.JSON {
		return nil
	}
	if len(t.rows) == 0 {
		_, err := fmt.Fprintf(c.err, "there is no %s for you to see\n", strings.TrimSpace(state+" "+kind))
		return err
	}
	return t.write(c.out, c)
}

// instant writes an instant to the second, nothing for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func showVerb(word, kind string) verb {
	v := verb{
		name: word + " show", args: "ID", short: "show a " + kind + ", as far as it is yours to see",
		long: "--as-of takes an entry of the ledger or an instant, and shows the " + kind + " as it was then. Reading what is restricted\nneeds a purpose.",
		examples: []string{
			word + ` show ID --purpose "preparing the session"`, word + " show ID --as-of 1200 --json", word + " show ID --as-of 2026-03-02T09:00:00Z",
		},
		json: true,
	}
	if alone(kind) {
		v.args = ""
		v.examples = []string{word + " show", word + " show --as-of 1200 --json"}
	}
	v.setup = func(f *flag.FlagSet) action {
		r, purpose := remoteFlags(f), purposeFlag(f)
		asOf := f.String("as-of", "", "the thing as it was at this `ENTRY` of the ledger or instant")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			id, err := idOf(v.name, kind, args)
			if err != nil {
				return false, err
			}
			text, err := r.read(ctx, kind, id, *asOf, *purpose)
			if err != nil {
				return false, err
			}
			if c.JSON {
				_, err = fmt.Fprintf(c.out, "%s\n", strings.TrimSpace(string(text)))
				return false, err
			}
			return false, writeThing(c, kind, text)
		}
	}
	return v
}

// read returns a thing as the API shows it.
func (r *remote) read(ctx context.Context, kind, id, asOf, purpose string) ([]byte, error) {
	path := address(kind, id)
	if asOf != "" {
		path += "?" + url.Values{"as_of": {asOf}}.Encode()
	}
	text, err := r.get(ctx, path, purpose)
	if fault.KindOf(err) == fault.Invalid && purpose == "" && strings.Contains(err.Error(), "purpose") {
		err = fault.Hint(err, `it is stated by --purpose "…"`)
	}
	return text, err
}

func readersVerb(word, kind string) verb {
	v := verb{
		name: word + " readers", args: "ID", short: "say who read a " + kind + ", when, and what for",
		examples: []string{word + ` readers ID --purpose "yearly audit"`},
		json:     true,
	}
	v.setup = func(f *flag.FlagSet) action {
		r, purpose := remoteFlags(f), purposeFlag(f)
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			id, err := idOf(v.name, kind, args)
			if err != nil {
				return false, err
			}
			text, err := r.get(ctx, "/v1/audit?"+url.Values{"of": {kind + "/" + id}}.Encode(), *purpose)
			if err != nil {
				return false, err
			}
			return false, writeReaders(c, text)
		}
	}
	return v
}

func writeReaders(c *call, text []byte) error {
	var all struct {
		Readings []clerk.Reading `json:"readings"`
	}
	if err := readAnswer(text, &all); err != nil {
		return err
	}
	if c.JSON {
		return c.writeJSON(all)
	}
	t := newTable("when", "who", "what", ">version", "what for")
	for _, r := range all.Readings {
		if r.Opened == nil {
			continue
		}
		t.add(instant(r.At), string(r.By), listOf(r.Opened.Parts), strconv.FormatUint(r.Opened.Version, 10), r.Opened.Purpose)
	}
	return t.write(c.out, c)
}

func listOf[T ~string](all []T) string {
	var words []string
	for _, x := range all {
		words = append(words, string(x))
	}
	return strings.Join(words, " ")
}
