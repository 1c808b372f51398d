package cli

import (
	"context"
	"time"
)

// Fetch gets a file of at most limit bytes with the validator that a server
// gave before, and returns it with the new validator and what it would have
// waited for.
func Fetch(ctx context.Context, url, etag string, limit int64) (body []byte, newTag string, waited []time.Duration, err error) {
	f := newFetcher()
	f.limit = limit
	f.wait = func(_ context.Context, d time.Duration) error {
		waited = append(waited, d)
		return nil
	}
	known := validator{ETag: etag}
	if etag != "" {
		known.SHA256 = "known"
	}
	body, v, err := f.get(ctx, url, known, nil)
	return body, v.ETag, waited, err
}

// Feeds returns the sources that sync knows, each with its addresses.
func Feeds() map[string][]string {
	out := map[string][]string{}
	for _, f := range feeds {
		for _, d := range f.files {
			out[f.source] = append(out[f.source], d.url)
		}
	}
	return out
}

// SourceIDs returns the sources that the program reads.
func SourceIDs() []string { return sourceIDs() }
