package follow_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"interdict/internal/archive"
	"interdict/internal/book"
	"interdict/internal/follow"
	"interdict/internal/lookout"
	"interdict/internal/register"
	"interdict/internal/screen"
)

var followers = flag.Int("followers", 20, "followers of the benchmark")

// counting counts the bytes of answers, heads too.
type counting struct{ bytes *atomic.Int64 }

func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	for name, values := range answer.Header {
		c.bytes.Add(int64(len(name) + len(strings.Join(values, ",")) + 4))
	}
	answer.Body = &countingBody{answer.Body, c.bytes}
	return answer, nil
}

type countingBody struct {
	io.ReadCloser
	bytes *atomic.Int64
}

func (c *countingBody) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.bytes.Add(int64(n))
	return n, err
}

// Followers are real clients over HTTP on loopback, each with a folder, a
// register and a book of 100 customers of its own, hinted by server-sent events.
// Measured is from the call that publishes until each has screened its book
// against the new edition.
func BenchmarkFollowers(b *testing.B) {
	a := &authority{dir: b.TempDir()}
	a.key = newListKey()
	a.feed = must(openFeed(a))
	server := httptest.NewServer(a.feed)
	defer server.Close()
	defer a.feed.Close()
	a.url = server.URL
	var customers strings.Builder
	customers.WriteString("id,name,date of birth\n")
	for n := range 100 {
		fmt.Fprintf(&customers, "%d,Customer %c%c Example,19%02d-01-02\n", n, 'A'+n%26, 'A'+n/26, n)
	}
	must(a.feed.Publish(issue("Ivan Primerov"), time.Now()))
	ctx, cancel := context.WithCancel(b.Context())
	var bytes atomic.Int64
	var ready, ended sync.WaitGroup
	screened := make(chan time.Time, *followers)
	for n := range *followers {
		ready.Add(1)
		ended.Go(func() {
			one(ctx, a, filepath.Join(b.TempDir(), fmt.Sprint(n)), customers.String(), &bytes, ready.Done, screened)
		})
	}
	ready.Wait()
	time.Sleep(2 * time.Second) // streams of events are open by then
	edition := 0
	for b.Loop() {
		edition++
		bytes.Store(0)
		start := time.Now()
		must(a.feed.Publish(issue("Ivan Primerov", fmt.Sprint("Zoltan Quirrenbach ", edition)), start))
		published := time.Since(start)
		var took []time.Duration
		for range *followers {
			took = append(took, (<-screened).Sub(start))
		}
		slices.Sort(took)
		b.ReportMetric(published.Seconds(), "s-to-publish")
		b.ReportMetric(took[len(took)/2].Seconds(), "s-p50")
		b.ReportMetric(took[len(took)*99/100].Seconds(), "s-p99")
		b.ReportMetric(float64(bytes.Load())/float64(*followers), "B/follower")
	}
	cancel()
	ended.Wait()
	b.ReportMetric(float64(idle(a, &bytes)), "B/idle-look")
}

// idle counts the bytes of a look at which nothing is new.
func idle(a *authority, bytes *atomic.Int64) int64 {
	client := http.Client{Transport: counting{bytes}}
	q := must(http.NewRequest(http.MethodGet, a.url+"/checkpoint", nil))
	q.Header.Set("If-None-Match", must(client.Do(q)).Header.Get("ETag"))
	bytes.Store(0)
	if answer := must(client.Do(q)); answer.StatusCode != http.StatusNotModified {
		panic(answer.Status)
	}
	return bytes.Load()
}

// one follows until the context ends.
func one(ctx context.Context, a *authority, dir, customers string, bytes *atomic.Int64, ready func(), screened chan<- time.Time) {
	kept := must(archive.Open(dir, follow.Source))
	defer kept.Close()
	look := must(lookout.Open(lookout.Config{Archive: kept, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: time.Now}))
	f := must(follow.Open(follow.Config{
		URL: a.url, Key: a.feed.Verifier(), Dir: filepath.Join(dir, "follow"), Archive: kept, Lookout: look, Now: time.Now, Every: time.Hour,
		Client: &http.Client{Timeout: 5 * time.Minute, Transport: counting{bytes}},
		Screen: func(_ context.Context, edition int64) error {
			for c, err := range book.Read("book.csv", strings.NewReader(customers), book.Options{}) {
				if err != nil {
					return err
				}
				if _, _, err := look.Engine().Customer(c, screen.Options{Brief: true}); err != nil {
					return err
				}
			}
			if edition == 0 {
				ready()
			} else {
				screened <- time.Now()
			}
			return nil
		},
	}))
	must(0, f.Run(ctx, func(_ follow.Outcome, err error) { must(0, err) }))
}
