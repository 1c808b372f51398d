package cli_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"interdict/internal/demo"
)

// ids stand in an address in the place of anything particular.
var ids = regexp.MustCompile(`/(?:[A-Z][0-9A-Z]{17}|[0-9]+|OWN-[0-9A-Z]+|R?S?-?[0-9a-f]{16,}|[^/]*[A-Z0-9]{10,}[^/]*)(/|$)`)

// kindOf is the page that an address leads to, whatever thing it shows.
func kindOf(address string) string {
	path, query, _ := strings.Cut(address, "?")
	path, _, _ = strings.Cut(path, "#")
	path = ids.ReplaceAllString(path, "/*$1")
	for _, part := range strings.Split(query, "&") {
		if strings.HasPrefix(part, "view=") || strings.HasPrefix(part, "tab=") {
			path += "?" + part
		}
	}
	return path
}

// left are addresses that are no pages: files, signing out, what only a form
// leads to.
func leftOut(path string) bool {
	for _, begin := range []string{"/list/", "/v1/", "/receipts/", "/static/", "/demo", "/do/", "/openapi"} {
		if strings.HasPrefix(path, begin) {
			return true
		}
	}
	return strings.Contains(path, "/documents/") || strings.HasSuffix(path, "/pack") || strings.Contains(path, "download") || strings.HasSuffix(path, ".csv")
}

// TestBrowserEveryPage looks at each page that anybody of the demo can come to,
// in four ways: nothing fails, nothing is too wide for the screen, and nothing is
// amiss by axe-core.
func TestBrowserEveryPage(t *testing.T) {
	b := openBrowser(t)
	d := stage(t)
	defer d.stop()
	axe := []byte{}
	if *axeFile != "" {
		var err error
		if axe, err = os.ReadFile(*axeFile); err != nil {
			t.Fatal(err)
		}
	} else {
		t.Log("AXE-CORE IS ABSENT (-axe FILE): accessibility is not checked")
	}
	seen := map[string]bool{}
	b.base = d.urls[demo.Authority]
	b.crawl("nobody", []string{"/", "/public", "/sign-in", "/enrol"}, seen, string(axe), 60)
	for _, a := range d.Accounts {
		b.enter(d.urls[a.Server], a.Person, "/")
		b.crawl(string(a.Person), []string{"/"}, seen, string(axe), 60)
	}
	t.Logf("%d pages were looked at in %d ways", len(seen), len(looks))
	if len(seen) < 50 {
		t.Errorf("only %d pages were found", len(seen))
	}
}

// crawl looks at the pages that lead on from some, one of each kind, and no more
// than so many.
func (b *browser) crawl(who string, queue []string, seen map[string]bool, axe string, most int) {
	b.t.Helper()
	queued := map[string]bool{}
	for n := 0; len(queue) > 0 && n < most; {
		path := queue[0]
		queue = queue[1:]
		kind := kindOf(path)
		if seen[kind] && strings.ContainsAny(kind, "*?") {
			continue // another thing of a kind that was seen
		}
		n++
		b.see(plain)
		b.goes(path)
		for _, next := range asks[[]string](b, `[...document.querySelectorAll("a[href]:not([download])")].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)`) {
			if at := kindOf(next); !leftOut(next) && !queued[at] && !(seen[at] && strings.ContainsAny(at, "*?")) {
				queued[at] = true
				queue = append(queue, next)
			}
		}
		if !seen[kind] {
			seen[kind] = true
			for _, l := range looks {
				b.inspect(who, path, kind, l, axe)
			}
		}
	}
}

// inspect looks in one way at the page that was opened plainly.
func (b *browser) inspect(who, path, kind string, l look, axe string) {
	b.t.Helper()
	b.see(l)
	if l.language != plain.language { // the rest is a matter of style
		b.goes(path)
	}
	where := fmt.Sprintf("%s as %s, %s", path, who, l.name)
	status := asks[int](b, `performance.getEntriesByType("navigation")[0].responseStatus`)
	if status != 200 {
		b.t.Errorf("%s: answered with %d", where, status)
		return
	}
	b.shoot(strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ReplaceAll(kind, "*", "one"), "_"), "_") + "-" + l.name)
	if over := asks[int](b, `document.documentElement.scrollWidth - window.innerWidth`); over > 0 {
		b.t.Errorf("%s: %d pixels wider than the screen", where, over)
	}
	if size := asks[int](b, `performance.getEntriesByType("navigation")[0].decodedBodySize + performance.getEntriesByType("resource").reduce((n, r) => n + r.decodedBodySize, 0)`); path == "/" && size > 100<<10 {
		b.t.Errorf("%s: the first page is %d bytes", where, size)
	}
	if axe == "" || l.language != "en" { // another language is no other structure
		return
	}
	b.run(axe)
	amiss := asks[[]string](b, `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(r => r.violations.map(v =>
		v.id + ": " + v.nodes.slice(0, 2).map(n => n.html.slice(0, 160) + " (" + ((n.any[0] || n.all[0] || n.none[0] || {}).message || "") + ")").join("; ")))`, chromedp.EvalAwaitPromise)
	for _, a := range amiss {
		b.t.Errorf("%s: %s", where, a)
	}
}
