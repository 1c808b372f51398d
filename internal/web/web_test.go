package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestWhoIsNotSignedIn(t *testing.T) {
	h := newHouse(t)
	cases := []struct {
		name, path string
		status     int
		location   string
	}{
		{"the first page is for everybody", "/", http.StatusOK, ""},
		{"a page asks for signing in and comes back", "/dossiers?state=open", http.StatusSeeOther, "/sign-in?next=%2Fdossiers%3Fstate%3Dopen"},
		{"a form too", "/do/dossier.open", http.StatusSeeOther, "/sign-in?next=%2Fdo%2Fdossier.open"},
		{"signing in", "/sign-in", http.StatusOK, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, p := h.get("", c.path)
			if status != c.status || p.header.Get("Location") != c.location {
				t.Fatalf("%d to %q", status, p.header.Get("Location"))
			}
			p.silent("Materials")
		})
	}
	status, p := h.post("", "/do/dossier.open", url.Values{"title": {"x"}})
	if status != http.StatusUnauthorized {
		t.Fatalf("a form of nobody: %d", status)
	}
	p.says("was not done")
}

func TestEveryPageIsGuarded(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/", "/dossiers", "/do/dossier.open", "/nothing"} {
		_, p := h.get("analyst", path)
		csp := p.header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy %q lacks %q", path, csp, want)
			}
		}
		if p.header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s is kept by %q", path, p.header.Get("Cache-Control"))
		}
		for _, n := range p.all(func(n *html.Node) bool {
			return attr(n, "style") != "" || attr(n, "onclick") != "" || n.Data == "style"
		}) {
			t.Errorf("%s has a style or script of its own in <%s>", path, n.Data)
		}
	}
}

// The words of a page are safe wherever they stand.
func TestWordsStayWords(t *testing.T) {
	h := newHouse(t)
	evil := `"><script>alert(1)</script>`
	h.do("analyst", "dossier.open", "", body{"title": evil, "subject": someone(evil)})
	status, p := h.get("analyst", "/dossiers")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	for _, n := range p.all(with("script")) {
		if attr(n, "src") == "" {
			t.Error("a title became a script")
		}
	}
	p.says(evil)
}

// A command is given by a form, once; refused, what was typed stands in it.
func TestForms(t *testing.T) {
	h := newHouse(t)
	values := url.Values{
		"_key": {"once"}, "title": {"The group"}, "subject.kind": {"organisation"},
		"subject.names.0.full": {""}, "subject.names.3.full": {"الدولة"}, "subject.born": {"1957\nabout 1970"},
	}
	status, p := h.post("analyst", "/do/dossier.open", values)
	if status != http.StatusSeeOther || !strings.HasPrefix(p.header.Get("Location"), "/dossiers/D") {
		t.Fatalf("%d %s", status, p.source)
	}
	first := p.header.Get("Location")
	if _, again := h.post("analyst", "/do/dossier.open", values); again.header.Get("Location") != first {
		t.Errorf("the same form twice made %s and %s", first, again.header.Get("Location"))
	}
	values.Set("_key", "other")
	values.Set("subject.born", "tomorrow or so")
	status, p = h.post("analyst", "/do/dossier.open", values)
	if status != http.StatusUnprocessableEntity {
		t.Fatal(status)
	}
	p.says("born", "tomorrow or so")
	for _, typed := range []string{"The group", "الدولة"} {
		if len(p.all(with("input", "value", typed))) != 1 {
			t.Errorf("%q, which was typed, is lost", typed)
		}
	}
	status, p = h.post("analyst", "/do/dossier.open", url.Values{"_more": {"subject.names.1.full"}, "title": {"T"}, "subject.names.0.full": {"A"}})
	if status != http.StatusOK || len(p.all(with("input", "name", "subject.names.1.full"))) != 1 || len(p.all(with("input", "value", "A"))) != 1 {
		t.Error("one more name cannot be given, or the first is lost")
	}
	_, p = h.get("analyst", "/do/dossier.open")
	for name, needed := range map[string]bool{"title": true, "subject.names.0.full": true, "subject.identifiers.0.type": false, "subject.identifiers.0.number": false} {
		field := p.all(with("input", "name", name))
		if len(field) != 1 || hasAttr(field[0], "required") != needed {
			t.Errorf("%s: needed is to be %v", name, needed)
		}
	}
	if status, _ := h.post("auditor", "/do/dossier.open", values); status != http.StatusNotFound {
		t.Errorf("an auditor opens a dossier: %d", status)
	}
}

func TestNobodyIsSentElsewhere(t *testing.T) {
	h := newHouse(t)
	for _, next := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)", "evil"} {
		_, p := h.post("analyst", "/settings", url.Values{"language": {"fr"}, "next": {next}})
		if p.header.Get("Location") != "/" {
			t.Errorf("%q leads to %q", next, p.header.Get("Location"))
		}
	}
}

func TestLanguageOfThePage(t *testing.T) {
	h := newHouse(t)
	for accept, want := range map[string][2]string{"": {"en", "ltr"}, "ar-EG,ar;q=0.9": {"ar", "rtl"}, "fr-CA": {"fr", "ltr"}, "zh-TW": {"zh", "ltr"}, "xx": {"en", "ltr"}} {
		r, _ := http.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", accept)
		_, p := h.send(r, "analyst")
		root := p.all(with("html"))[0]
		if attr(root, "lang") != want[0] || attr(root, "dir") != want[1] {
			t.Errorf("%q is answered in %s %s", accept, attr(root, "lang"), attr(root, "dir"))
		}
	}
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
