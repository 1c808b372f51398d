package publish

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// served are the names that may be asked for: nothing else in the folder is.
var served = regexp.MustCompile(`^(checkpoint|tile/[0-9a-z/]+(\.p/[0-9]+)?|edition/[0-9]+|file/[0-9a-f]{64}\.[a-z]+|latest/[a-z.]+)$`)

// media are the types of what is served, by the ends of their names.
var media = map[string]string{
	".jsonl": "application/x-ndjson", ".json": "application/x-ndjson", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".csv": "text/csv; charset=utf-8",
}

// ServeHTTP serves the folder: what never changes may be kept for ever, the
// checkpoint is asked for again, and "events" tells of new ones.
func (f *Feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only to be read", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "events" {
		f.events(w, r)
		return
	}
	if n, ok := strings.CutPrefix(name, "edition/"); ok {
		if sequence, err := strconv.ParseInt(n, 10, 64); err != nil || sequence >= f.Size() {
			http.NotFound(w, r) // claimed, perhaps, and not signed yet
			return
		}
	}
	b, err := f.read(name)
	if !served.MatchString(name) || err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	if t := media[path.Ext(name)]; t != "" {
		h.Set("Content-Type", t)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Access-Control-Allow-Origin", "*") // it is for everybody
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if name == CheckpointFile || strings.HasPrefix(name, "latest/") {
		h.Set("Cache-Control", "public, no-cache")
	}
	h.Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(b)))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
}

// pulse is how often an idle stream of events shows that it lives.
const pulse = 25 * time.Second

// events tells of every new checkpoint, and of the present one at once. It is a
// hint: what is true stands in the checkpoint.
func (f *Feed) events(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	for {
		f.mu.Lock()
		size, woken, ended := f.size, f.woken, f.ended
		f.mu.Unlock()
		if ended {
			return
		}
		if _, err := fmt.Fprintf(w, "event: checkpoint\ndata: %d\n\n", size); err != nil || out.Flush() != nil {
			return
		}
		if !f.quiet(r, w, out, woken) {
			return
		}
	}
}

// quiet waits for the next checkpoint, false if the reader or the feed is gone.
func (f *Feed) quiet(r *http.Request, w io.Writer, out *http.ResponseController, woken <-chan struct{}) bool {
	alive := time.NewTicker(pulse)
	defer alive.Stop()
	for {
		select {
		case <-woken:
			return true
		case <-r.Context().Done():
			return false
		case <-alive.C:
			if _, err := io.WriteString(w, ": alive\n\n"); err != nil || out.Flush() != nil {
				return false
			}
		}
	}
}

// Close ends the streams of events.
func (f *Feed) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.ended {
		f.ended = true
		close(f.woken)
	}
}
