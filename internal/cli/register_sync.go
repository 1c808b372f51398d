package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/register"
)

func registerSyncVerb() verb {
	var ids []string
	for _, f := range feeds {
		ids = append(ids, f.source)
	}
	return verb{
		name: "register sync", args: "[SOURCE...]",
		short: "download the official files that changed, and load them",
		long: `This verb reaches the network. It asks each publisher for its files only if they changed, and loads them as register
load does. What cannot be fetched, or looks wrong, replaces nothing. Sources: ` + strings.Join(ids, ", ") + `.`,
		examples: []string{"register sync", "register sync un eu", "register sync un --from https://mirror.example.org/lists"},
		choices:  func() []string { return ids }, json: true, data: true,
		setup: func(f *flag.FlagSet) action {
			from := f.String("from", "", "take the files from this `URL`, a folder with files of the same names")
			by := f.String("by", "", "the `NAME` of who loads")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				wanted, err := wantedFeeds(args, *from)
				if err != nil {
					return false, err
				}
				a, err := openArchive(c)
				if err != nil {
					return false, err
				}
				defer a.Close()
				return false, syncFeeds(ctx, c, a, newFetcher(), wanted, *by)
			}
		},
	}
}

// wantedFeeds returns the named feeds, or all, at their official addresses or
// below another one.
func wantedFeeds(names []string, from string) ([]feed, error) {
	var out []feed
	for _, f := range feeds {
		if len(names) > 0 && !slices.Contains(names, f.source) {
			continue
		}
		f.files = slices.Clone(f.files)
		for i := range f.files {
			if from != "" {
				f.files[i].url = strings.TrimSuffix(from, "/") + "/" + f.files[i].name
			}
		}
		out = append(out, f)
	}
	for _, n := range names {
		if !slices.ContainsFunc(feeds, func(f feed) bool { return f.source == n }) {
			err := fault.New(fault.Invalid, "no official address is known for the source %q", n)
			return nil, fault.Hint(err, "download its files and use: interdict register load %s FILE...", n)
		}
	}
	return out, nil
}

// syncFeeds brings each feed up to date. A fault of one does not stop the
// others; all are returned.
func syncFeeds(ctx context.Context, c *call, a *archive.Archive, f *fetcher, wanted []feed, by string) error {
	seen, err := readSeen(a)
	if err != nil {
		return err
	}
	var faults []error
	for _, w := range wanted {
		if ctx.Err() != nil {
			return errors.Join(append(faults, ctx.Err())...)
		}
		faults = append(faults, syncFeed(ctx, c, a, f, w, seen, by))
	}
	return join(faults)
}

// join keeps the kind of the first error, so that the exit code is right.
func join(faults []error) error {
	faults = slices.DeleteFunc(faults, func(err error) bool { return err == nil })
	if len(faults) < 2 {
		return errors.Join(faults...)
	}
	kind := fault.KindOf(faults[0])
	for _, err := range faults {
		if k := fault.KindOf(err); k == fault.Internal || k == fault.Corrupt {
			kind = k
		}
	}
	return fault.As(kind, errors.Join(faults...))
}

func syncFeed(ctx context.Context, c *call, a *archive.Archive, f *fetcher, w feed, seen map[string]validator, by string) error {
	in, fresh, err := fetchFeed(ctx, c, a, f, w, seen)
	if err != nil {
		return fmt.Errorf("fetching %s: %w", w.source, err)
	}
	if fresh == nil {
		if err := a.Looked(w.source, time.Now()); err != nil {
			return err
		}
		if c.JSON {
			return c.writeJSON(struct {
				Source string `json:"source"`
				Status string `json:"status"`
			}{w.source, "not modified"})
		}
		_, err := fmt.Fprintf(c.out, "%s: not modified since it was fetched\n", c.bold(w.source))
		return err
	}
	out, err := a.Load(w.source, in, by, time.Now().UTC())
	if err != nil {
		return err
	}
	if err := errors.Join(reportLoad(c, out), c.out.Flush(), compileNew(c, a, out.Snapshot)); err != nil {
		return err
	}
	for url, v := range fresh {
		seen[url] = v
	}
	return errors.Join(writeSeen(a, seen), a.Looked(w.source, time.Now()), waiting(w.source, out))
}

// fetchFeed returns the files of a feed, those that did not change from the
// archive; no validators if none changed.
func fetchFeed(ctx context.Context, c *call, a *archive.Archive, f *fetcher, w feed, seen map[string]validator) ([]register.Input, map[string]validator, error) {
	var in []register.Input
	fresh := map[string]validator{}
	for _, d := range w.files {
		known := seen[d.url]
		old, err := a.Raw(known.SHA256)
		if err != nil {
			known, old = validator{}, nil // not kept: ask for the whole file
		}
		b := c.progress("fetching "+d.name, -1)
		body, v, err := f.get(ctx, d.url, known, b)
		b.finish()
		if err != nil {
			return nil, nil, err
		}
		if body == nil {
			body = old
		} else {
			fresh[d.url] = v
		}
		in = append(in, register.Input{Name: d.name, Bytes: body})
	}
	if len(fresh) == 0 {
		return nil, nil, nil
	}
	return in, fresh, nil
}
