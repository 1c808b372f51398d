package cli_test

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"interdict/internal/demo"
	"interdict/internal/roster"
)

// The tests in a browser are asked for: they want Chromium, and take minutes.
var (
	inBrowser = flag.Bool("browser", false, "run the tests in Chromium")
	axeFile   = flag.String("axe", "", "`FILE` of axe-core, by which each page is checked for WCAG 2.2 AA")
	shotsDir  = flag.String("shots", "", "`FOLDER` that a picture of each page is left in")
)

// browser is one person before a screen.
type browser struct {
	t    *testing.T
	ctx  context.Context
	base string // of the server that the person is at
}

// openBrowser starts Chromium; the first tab is closed at the end of the test.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	if !*inBrowser {
		t.Skip("not asked for: go test ./internal/cli -run Browser -browser")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("CHROMIUM IS ABSENT (Debian: apt-get install chromium): no page is looked at")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "en"))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() { cancel(); stop() })
	if err := chromedp.Do(ctx); err != nil { // starts it; a limit on this call would end it
		t.Fatal(err)
	}
	return &browser{t: t, ctx: ctx}
}

// do carries out steps, within a minute.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := b.try(steps...); err != nil {
		where, _ := chromedp.Run(b.ctx, chromedp.Location())
		said, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText.slice(0, 1500) : ""`))
		b.t.Fatalf("%v\nat %s:\n%s", err, where, said)
	}
}

func (b *browser) try(steps ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	return chromedp.Do(ctx, steps...)
}

// enter makes the person somebody of the demo, who states a purpose.
func (b *browser) enter(base string, who roster.PersonID, path string) {
	b.t.Helper()
	b.base = base
	b.cookie("interdict-purpose", "test in a browser")
	b.do(chromedp.Navigate(base + demo.PagePath))
	b.run(fmt.Sprintf(`(() => {
		const form = document.createElement("form");
		form.method = "post"; form.action = %q;
		for (const [name, value] of [["person", %q], ["next", %q]]) {
			const field = document.createElement("input"); field.name = name; field.value = value; form.append(field);
		}
		document.body.append(form); form.submit();
	})()`, demo.EnterPath, string(who), path))
	b.until("the page "+path+" as "+string(who), fmt.Sprintf(`location.pathname === %q && document.readyState === "complete"`, strings.SplitN(path, "?", 2)[0]))
}

// cookie keeps a preference in the browser.
func (b *browser) cookie(name, value string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: url.QueryEscape(value), URL: b.base})
	if err != nil {
		b.t.Fatal(err)
	}
}

// run carries out a script of the test.
func (b *browser) run(script string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](script))
}

// asks returns the value of a script of the test.
func asks[T any](b *browser, script string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, options...))
	if err != nil {
		b.t.Fatalf("%v\nin %s", err, script)
	}
	return v
}

// until waits until a script is true. A page that is on its way answers nothing.
func (b *browser) until(what, script string) {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); ; {
		ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		cancel()
		if err == nil && ok {
			return
		}
		if time.Now().After(end) {
			b.do(func(context.Context, *chromedp.Target) (chromedp.Void, error) {
				return chromedp.Void{}, fmt.Errorf("%s did not come: %v", what, err)
			})
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// says waits until the page says that.
func (b *browser) says(text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("%q", text), fmt.Sprintf(`document.readyState === "complete" && document.querySelector("main").innerText.includes(%q)`, text))
}

// goes opens a page of the server.
func (b *browser) goes(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
}

// keys presses keys, one after the other.
func (b *browser) keys(pressed string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(pressed))
}

// look is a way in which a page is seen.
type look struct {
	name     string
	width    int64
	dark     bool
	language string
}

// plain is how most people see pages.
var plain = look{"light", 1280, false, "en"}

var looks = []look{plain, {"dark", 1280, true, "en"}, {"phone", 390, false, "en"}, {"arabic", 1280, false, "ar"}}

// see sets how pages are seen from now on.
func (b *browser) see(l look) {
	b.t.Helper()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	b.do(chromedp.EmulateViewport(l.width, 900))
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err == nil {
		_, err = chromedp.Call(b.ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}) // for axe alone
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.cookie("interdict-language", l.language)
}

// shoot leaves a picture of the page, if pictures are asked for.
func (b *browser) shoot(name string) {
	b.t.Helper()
	if *shotsDir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(*shotsDir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(*shotsDir, name+".png"), picture, 0o644)
	}
	if err != nil {
		b.t.Errorf("a picture of %s: %v", name, err)
	}
}
