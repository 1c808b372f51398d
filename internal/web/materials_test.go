package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"interdict/internal/clerk"
	"interdict/internal/material"
)

func parseSigned(text string) (float64, error) {
	return strconv.ParseFloat(strings.Replace(text, "−", "-", 1), 64)
}

// handedIn hands a material in by the form, and returns its page.
func (h *house) handedIn(who string, values url.Values, file string) string {
	h.t.Helper()
	status, p := h.upload(who, "/materials/new", values, "documents", "letter.txt", []byte(file))
	to := p.header.Get("Location")
	if status != http.StatusSeeOther || !strings.HasSuffix(to, "/receipt") {
		h.t.Fatalf("%d to %q\n%s", status, to, p.source)
	}
	return strings.TrimSuffix(to, "/receipt")
}

func letter() url.Values {
	return url.Values{
		"title": {"A letter of the harbour"}, "sort": {"law_enforcement"}, "handling.tlp": {"amber"}, "reasons": {"from a source under protection"},
		"summary": {"A letter was found."}, "grade.source": {"B"}, "grade.information": {"2"}, "grade.scheme": {"admiralty"},
		"parties.0.key": {"p1"}, "parties.0.subject.kind": {"person"}, "parties.0.subject.names.0.full": {"Bartholomew Quindlesby"},
		"parties.1.key": {"p2"}, "parties.1.subject.kind": {"person"}, "parties.1.subject.names.0.full": {""},
		"accounts.0.key": {"a1"}, "accounts.0.type": {"iban"}, "accounts.0.number": {"DE89370400440532013000"}, "accounts.0.holder": {"p1"},
	}
}

// A material goes in by one form; what is left empty is not sent; its receipt
// follows; the sender, the secretariat and a stranger see each what is theirs.
func TestHandIn(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	path := h.handedIn("liaison-bank", letter(), "The letter names Bartholomew Quindlesby, twice: Bartholomew Quindlesby.")
	id := strings.TrimPrefix(path, "/materials/")

	_, p := h.get("liaison-bank", path+"/receipt")
	p.says(id, "letter.txt", "Download the receipt")
	receipt := p.all(func(n *html.Node) bool { return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/receipts/") })
	if len(receipt) != 1 {
		t.Fatalf("%d receipts", len(receipt))
	}
	_, p = h.get("liaison-bank", path)
	p.says("A letter was found.", "from a source under protection", "TLP:AMBER", "B2", "DE89370400440532013000")
	p.silent("Who seems to be named", "p2")

	_, p = h.get("analyst", path)
	p.says("Who seems to be named", "3 to judge")
	if marks := p.all(with("mark")); len(marks) != 2 || text(marks[0]) != "Bartholomew Quindlesby" {
		t.Errorf("%d places of the text are marked", len(marks))
	}
	if status, p := h.get("liaison-prosecution", path); status != http.StatusNotFound || strings.Contains(p.source, "harbour") {
		t.Errorf("a stranger: %d", status)
	}

	link := p.all(func(n *html.Node) bool { return n.Data == "a" && strings.Contains(attr(n, "href"), "/documents/") })
	status, file := h.get("analyst", attr(link[0], "href"))
	if status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") || file.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the document came as %d %v", status, file.header)
	}
	if status, _ := h.get("liaison-prosecution", attr(link[0], "href")); status != http.StatusNotFound {
		t.Errorf("a stranger got the document: %d", status)
	}
}

// Refused, the form stands as it was typed.
func TestHandInRefused(t *testing.T) {
	h := newHouse(t)
	values := letter()
	values.Set("grade.source", "Z")
	status, p := h.post("liaison-bank", "/materials/new", values)
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("%d", status)
	}
	p.says("source grade")
	for name, want := range map[string]string{"title": "A letter of the harbour", "parties.0.subject.names.0.full": "Bartholomew Quindlesby", "accounts.0.number": "DE89370400440532013000"} {
		if in := p.all(with("input", "name", name)); len(in) != 1 || attr(in[0], "value") != want {
			t.Errorf("%s is lost", name)
		}
	}
	values.Set("_more", "parties")
	_, p = h.post("liaison-bank", "/materials/new", values)
	if in := p.all(with("input", "name", "parties.2.subject.names.0.full")); len(in) != 1 {
		t.Errorf("one more party gives %d fields", len(in))
	}
	if status, _ := h.post("member-1", "/materials/new", letter()); status != http.StatusNotFound {
		t.Errorf("who may not hand in: %d", status)
	}
}

// A grade without its scheme says nothing: it is refused, and not left out.
func TestGradeWithoutItsScheme(t *testing.T) {
	h := newHouse(t)
	values := letter()
	values.Set("grade.scheme", "")
	status, p := h.post("liaison-bank", "/materials/new", values)
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("%d\n%s", status, p.source)
	}
	p.says(`grade "B" "2"`, "admiralty")
	values.Del("grade.source")
	values.Set("grade.information", "")
	if status, p := h.post("liaison-bank", "/materials/new", values); status != http.StatusSeeOther {
		t.Fatalf("not graded: %d\n%s", status, p.source)
	}
}

// A mention is judged by a press; what is judged does not wait any more.
func TestMentions(t *testing.T) {
	h := newHouse(t)
	h.onOwnList("Bartholomew Quindlesby")
	path := h.handedIn("liaison-bank", letter(), "The letter names nobody.")
	id := strings.TrimPrefix(path, "/materials/")
	_, p := h.get("analyst", path)
	form := p.form("material.reject_mention", 0)
	values := fields(form)
	values.Set("reason", "the date of birth is another one")
	if status, p := h.post("analyst", attr(form, "action"), values); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	seen := must(h.clerk.Read(t.Context(), clerk.Order{By: "analyst", Purpose: "test"}, "material", id, clerk.When{})).Content.(clerk.MaterialSeen)
	if len(seen.Mentions) != 1 || seen.Mentions[0].State != material.Rejected {
		t.Fatalf("%+v", seen.Mentions)
	}
	_, p = h.get("analyst", path)
	p.says("0 to judge", "1 judged")
}

// Onward use is asked by one organisation and answered by the originator alone.
func TestOnward(t *testing.T) {
	h := newHouse(t)
	path := h.handedIn("liaison-bank", letter(), "Words.")
	_, p := h.get("analyst", path)
	form := p.form("material.ask_onward", 0)
	values := fields(form)
	values.Set("purpose", "a foreign request")
	if status, p := h.post("analyst", attr(form, "action"), values); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	_, p = h.get("analyst", path)
	if n := len(p.all(with("form", "data-command", "material.grant_onward"))); n != 0 {
		t.Error("who asked may consent")
	}
	_, p = h.get("liaison-bank", path)
	form = p.form("material.grant_onward", 0)
	values = fields(form)
	values.Set("terms", "once")
	if status, p := h.post("liaison-bank", attr(form, "action"), values); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	_, p = h.get("liaison-bank", path)
	p.says("granted", "once", "a foreign request")
}

// Without a register a material is not screened, and the page says so loudly.
func TestNotScreened(t *testing.T) {
	h := newHouse(t)
	h.clerk.Register = nil
	path := h.handedIn("liaison-bank", letter(), "Words.")
	_, p := h.get("analyst", path)
	alarms := p.all(with("div", "role", "alert"))
	if len(alarms) != 1 || !strings.Contains(text(alarms[0]), "Not screened") {
		t.Errorf("%d alarms", len(alarms))
	}
}

// What was asked is answered with materials by reference, by those who were asked.
func TestRequests(t *testing.T) {
	h := newHouse(t)
	path := h.handedIn("liaison-bank", letter(), "Words.")
	id := strings.TrimPrefix(path, "/materials/")
	d := h.do("analyst", "dossier.open", "", body{"title": "The harbour", "subject": someone("Harbour Friends")}).ID
	h.do("analyst", "dossier.ask", d, body{"key": "q1", "what": "request", "to": "bank", "text": "Which accounts are known?"})
	_, p := h.get("liaison-prosecution", "/requests")
	p.says("Nothing was asked of you.")
	_, p = h.get("liaison-bank", "/requests")
	p.says("Which accounts are known?")
	p.silent("The harbour<", "Harbour Friends")
	form := p.form("dossier.answer", 0)
	values := fields(form)
	values.Set("text", "One.")
	values["materials"] = []string{id, ""}
	if status, p := h.post("liaison-bank", attr(form, "action"), values); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, p.source)
	}
	_, p = h.get("liaison-bank", "/requests")
	p.says("Answered and past", "answered")
}

// Cases number what they ask alike: each request is a place of its own.
func TestRequestsOfTwoCases(t *testing.T) {
	h := newHouse(t)
	var places []string
	for _, name := range []string{"The harbour", "The quay"} {
		d := h.do("analyst", "dossier.open", "", body{"title": name, "subject": someone(name)}).ID
		h.do("analyst", "dossier.ask", d, body{"key": "q1", "what": "request", "to": "bank", "text": "Of " + name})
		places = append(places, d+"-q1")
	}
	_, p := h.get("liaison-bank", "/requests")
	_, desk := h.get("liaison-bank", "/")
	_, clocks := h.get("liaison-bank", "/clocks")
	for _, place := range places {
		if n := len(p.all(with("section", "id", place))); n != 1 {
			t.Errorf("%s stands %d times on the page", place, n)
		}
		for name, from := range map[string]page{"desk": desk, "clocks": clocks} {
			if len(from.all(with("a", "href", "/requests#"+place))) != 1 {
				t.Errorf("nothing leads from %s to %s", name, place)
			}
		}
	}
	seen := map[string]bool{}
	for _, n := range p.all(func(n *html.Node) bool { return attr(n, "id") != "" }) {
		if id := attr(n, "id"); seen[id] {
			t.Errorf("%q stands twice", id)
		} else {
			seen[id] = true
		}
	}
}

// An answer offers the last few materials of its organisation, and no others are
// written down as read.
func TestEnclosuresAreTheLatest(t *testing.T) {
	h := newHouse(t)
	var all []string
	for i := range 14 {
		values := url.Values{"title": {fmt.Sprint("Letter ", i)}, "sort": {"financial"}, "handling.tlp": {"amber"}, "reasons": {"accounts"}}
		all = append(all, strings.TrimPrefix(h.handedIn("liaison-bank", values, fmt.Sprint("Words ", i)), "/materials/"))
		h.clock.move(time.Minute)
	}
	h.handedIn("liaison-prosecution", url.Values{"title": {"Of another"}, "sort": {"financial"}, "handling.tlp": {"green"}, "reasons": {"accounts"}}, "Theirs")
	d := h.do("analyst", "dossier.open", "", body{"title": "The harbour", "subject": someone("Harbour Friends")}).ID
	h.do("analyst", "dossier.ask", d, body{"key": "q1", "what": "request", "to": "bank", "text": "Which accounts are known?"})
	_, p := h.get("liaison-bank", "/requests")
	var offered []string
	for _, n := range p.all(with("input", "name", "materials")) {
		offered = append(offered, attr(n, "value"))
	}
	want := slices.Clone(all[2:])
	slices.Reverse(want)
	if !slices.Equal(offered, want) {
		t.Errorf("offered are %v, want %v", offered, want)
	}
	p.silent("Letter 1<", "Of another")
	for i, id := range all {
		saw := must(h.clerk.WhoSaw(t.Context(), orderOf("auditor"), "material/"+id))
		read := slices.ContainsFunc(saw, func(r clerk.Reading) bool { return r.Listed != nil && r.By == "liaison-bank" })
		if read != (i >= 2) {
			t.Errorf("letter %d is written down as read: %t", i, read)
		}
	}
}
