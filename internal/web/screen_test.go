package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func class(n *html.Node, name string) bool {
	return strings.Contains(" "+attr(n, "class")+" ", " "+name+" ")
}

// classed are the elements of a class.
func (p page) classed(name string) []*html.Node {
	return p.all(func(n *html.Node) bool { return class(n, name) })
}

func TestScreeningAName(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby", "Братство Тихой Воды")
	cases := []struct {
		name, who, path string
		status, hits    int
		says            []string
		silent          []string
	}{
		{"nothing asked", "analyst", "/screen", 200, 0, []string{"How alike", "about 4.8 alerts"}, []string{"No hit", "Not screened"}},
		{"a hit", "analyst", "/screen?name=Bartolomew+Quindlesby", 200, 1, []string{"1 hit", "Bartholomew Quindlesby", "Side by side", "Raise an alert"}, []string{"No hit", "Not screened"}},
		{"another script", "officer-bank", "/screen?name=" + url.QueryEscape("Bratstvo Tikhoy Vody"), 200, 1, []string{"Братство Тихой Воды"}, []string{"No hit"}},
		{"no hit", "analyst", "/screen?name=Marta+Lindqvist", 200, 0, []string{"No hit", "All of it was screened"}, []string{"Not screened", "Raise an alert"}},
		{"not screened is no answer", "analyst", "/screen?name=Q", 200, 0, []string{"Not screened", "nothing is known of it"}, []string{">No hit<"}},
		{"a date that is none", "analyst", "/screen?name=Marta&born=gestern", 422, 0, []string{"gestern"}, []string{"No hit"}},
		{"a threshold that is none", "analyst", "/screen?name=Marta&threshold=5", 422, 0, []string{"500 to 1000"}, []string{"No hit"}},
		{"who may not screen finds no page", "auditor", "/screen?name=Bartholomew+Quindlesby", 404, 0, nil, []string{"listed as"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, p := h.get(c.who, c.path)
			p.t = t
			if status != c.status || len(p.classed("sc-hit")) != c.hits {
				t.Fatalf("%d with %d hits\n%s", status, len(p.classed("sc-hit")), p.source)
			}
			p.says(c.says...)
			p.silent(c.silent...)
		})
	}
}

// The points of the words of a name add up to its score.
func TestPointsAddUp(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	_, p := h.get("analyst", "/screen?name=Bartolomew+Quindlesbi+Esq&born=1957")
	tables := p.classed("al-words")
	if len(tables) != 1 {
		t.Fatalf("%d tables of words\n%s", len(tables), p.source)
	}
	p.says("Bartolomew", "only in what was screened")
}

// An alert is raised for who was screened, with all that was typed.
func TestAnAlertFromScreening(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	_, p := h.get("officer-bank", "/screen?name=Bartholomew+Quindlesby&aliases=Barty%0AThe+Quill&born=1957&countries=SY&ids=A1234567&kind=person")
	forms := p.all(with("form", "data-command", "alert.raise"))
	if len(forms) != 1 {
		t.Fatalf("%d forms\n%s", len(forms), p.source)
	}
	values := url.Values{"channel": {"onboarding"}, "source": {"customer 7"}}
	for _, n := range (page{t, forms[0], nil, ""}).all(with("input", "type", "hidden")) {
		values.Set(attr(n, "name"), attr(n, "value"))
	}
	if values.Get("subject.names.2.full") != "The Quill" || values.Get("subject.born") != "1957" || values.Get("subject.identifiers.0.number") != "A1234567" {
		t.Errorf("what was typed is lost: %v", values)
	}
	status, p := h.post("officer-bank", "/do/alert.raise", values)
	if status != http.StatusSeeOther || !strings.HasPrefix(p.header.Get("Location"), "/alerts/") {
		t.Fatalf("%d %s", status, p.source)
	}
}

func TestScreeningADocument(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	article := "The court heard <b>Bartholomew Quindlesby</b>.\nLater Bartholomew Quindlesby left."
	status, p := h.post("analyst", "/screen/document", url.Values{"text": {article}})
	if status != http.StatusOK {
		t.Fatal(status)
	}
	marks := p.all(with("mark"))
	shown := 0
	for _, m := range marks {
		if m.Parent.Data != "a" {
			continue
		}
		shown++
		if text(m) != "Bartholomew Quindlesby" {
			t.Errorf("marked: %q", text(m))
		}
		to := strings.TrimPrefix(attr(m.Parent, "href"), "#")
		if len(p.all(func(n *html.Node) bool { return attr(n, "id") == to })) != 1 {
			t.Errorf("the mark leads to %q, which is not there", to)
		}
	}
	if body := p.classed("sc-text")[0]; raw(body) != article {
		t.Errorf("the text is shown as %q", raw(body))
	}
	if shown != 2 || len(p.classed("sc-mention")) != 1 {
		t.Errorf("%d marks, %d cards\n%s", shown, len(p.classed("sc-mention")), p.source)
	}
	if status, p := h.post("analyst", "/screen/document", url.Values{"text": {" "}}); status != http.StatusUnprocessableEntity {
		t.Errorf("nothing given: %d\n%s", status, p.source)
	}
	status, p = h.upload("analyst", "/screen/document", nil, "file", "scan.pdf", []byte("%PDF-1.4\nbroken"))
	if status != http.StatusOK {
		t.Fatal(status)
	}
	p.says("Not screened")
	if status, _ := h.post("auditor", "/screen/document", url.Values{"text": {article}}); status != http.StatusNotFound {
		t.Errorf("an auditor screens: %d", status)
	}
}

func TestScreeningAPayment(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	const mt = "{1:F01BANKXXXXAXXX0000000000}{2:I103BANKYYYYXXXXN}{4:\r\n:20:REF1\r\n:23B:CRED\r\n:32A:260302EUR10,00\r\n:50K:/123\r\nMARTA LINDQVIST\r\n:59:/456\r\nBARTHOLOMEW QUINDLESBY\r\n:71A:SHA\r\n-}"
	status, p := h.upload("officer-bank", "/screen/payment", nil, "file", "one.txt", []byte(mt))
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, p.source)
	}
	p.says("MT103", "BARTHOLOMEW QUINDLESBY", "Raise an alert")
	p.silent("Not screened")
	status, p = h.upload("officer-bank", "/screen/payment", nil, "file", "none.txt", []byte("hello"))
	if status != http.StatusOK && status != http.StatusUnprocessableEntity {
		t.Fatal(status)
	}
	p.silent("No hit")
	if !strings.Contains(strings.ToLower(p.source), "not screened") {
		t.Errorf("what is no payment passes for screened:\n%s", p.source)
	}
}

// Of many messages those come first that somebody must look at, and all are counted.
func TestScreeningManyPayments(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	message := func(i int, name string) string {
		return fmt.Sprintf("{1:F01BANKXXXXAXXX0000000000}{2:I103BANKYYYYXXXXN}{4:\r\n:20:REF%d\r\n:23B:CRED\r\n:32A:260302EUR10,00\r\n:50K:/123\r\nMARTA LINDQVIST\r\n:59:/456\r\n%s\r\n:71A:SHA\r\n-}", i, name)
	}
	var file string
	for i := range 45 {
		file += message(i, "ILSE GRUNWALD")
	}
	file += message(45, "BARTHOLOMEW QUINDLESBY")
	_, p := h.upload("officer-bank", "/screen/payment", nil, "file", "many.txt", []byte(file))
	p.says("Of 46 messages 1 have hits and 0 were not screened.", "BARTHOLOMEW QUINDLESBY")
	if first := p.all(with("section", "aria-labelledby", "message0")); len(first) != 1 || !strings.Contains(text(first[0]), "BARTHOLOMEW QUINDLESBY") {
		t.Error("what has a hit does not come first")
	}
}

// A book runs in the background, belongs to who handed it in, and can be forgotten.
func TestScreeningABook(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	book := "id,name\n1,Bartholomew Quindlesby\n2,Marta Lindqvist\n3,=Bartholomew Quindlesby\n4,\n"
	status, p := h.upload("officer-bank", "/screen/book", url.Values{"threshold": {"700"}}, "file", "book.csv", []byte(book))
	place := p.header.Get("Location")
	if status != http.StatusSeeOther || !strings.HasPrefix(place, "/screen/books/") {
		t.Fatalf("%d %s", status, p.source)
	}
	_, p = h.get("officer-bank", place+"/progress") // ends when the run has
	if !strings.Contains(p.source, "event: end") {
		t.Fatalf("the run does not end: %s", p.source)
	}
	_, p = h.get("officer-bank", place)
	p.says("4 customers", "2 with hits", "1 not screened", "Bartholomew Quindlesby")
	p.silent("Marta Lindqvist")
	_, weak := h.get("officer-bank", place+"?band=not_screened")
	weak.says("1 to 1 of 1")
	status, file := h.get("officer-bank", place+"/alerts.csv")
	if status != http.StatusOK || !strings.Contains(file.source, "'=Bartholomew") || strings.Contains(file.source, "Marta") {
		t.Errorf("%d\n%s", status, file.source)
	}
	for _, path := range []string{place, place + "/progress", place + "/alerts.csv"} {
		if status, _ := h.get("lead", path); status != http.StatusNotFound {
			t.Errorf("another person reads %s: %d", path, status)
		}
	}
	if status, _ := h.post("lead", place+"/forget", nil); status != http.StatusNotFound {
		t.Errorf("another person forgets it: %d", status)
	}
	h.post("officer-bank", place+"/forget", nil)
	if status, _ := h.get("officer-bank", place); status != http.StatusNotFound {
		t.Errorf("a forgotten run is there: %d", status)
	}
	if status, _ := h.get("liaison-bank", "/screen/book"); status != http.StatusNotFound {
		t.Errorf("a liaison officer screens books: %d", status)
	}
}

func TestABookIsLeftAfterTwelveHours(t *testing.T) {
	h := newHouse(t)
	h.listed("Bartholomew Quindlesby")
	_, p := h.upload("analyst", "/screen/book", nil, "file", "book.csv", []byte("name\nMarta\n"))
	place := p.header.Get("Location")
	h.get("analyst", place+"/progress")
	h.clock.move(11 * time.Hour)
	if status, _ := h.get("analyst", place); status != http.StatusOK {
		t.Fatal(status)
	}
	h.clock.move(2 * time.Hour)
	if status, _ := h.get("analyst", place); status != http.StatusNotFound {
		t.Errorf("after thirteen hours it is there: %d", status)
	}
	status, p := h.upload("analyst", "/screen/book", nil, "file", "odd.csv", []byte("a,b\n1,2\n"))
	if status != http.StatusSeeOther {
		t.Fatal(status)
	}
	place = p.header.Get("Location")
	h.get("analyst", place+"/progress")
	_, p = h.get("analyst", place)
	p.says("not screened to its end")
	p.silent("No hit")
}

// raw is the text of an element, every blank of it.
func raw(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(raw(c))
	}
	return b.String()
}
