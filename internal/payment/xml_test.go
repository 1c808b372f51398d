package payment_test

import (
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/fault"
	"interdict/internal/payment"
)

// standard gives the same events by encoding/xml.
func standard(text string) ([]payment.Event, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	var out []payment.Event
	var open []string
	name := func(n xml.Name) string {
		if n.Space != "" {
			return n.Space + ":" + n.Local
		}
		return n.Local
	}
	add := func(s string) {
		if n := len(out); n > 0 && out[n-1].Kind == "text" {
			out[n-1].Text += s
			return
		}
		out = append(out, payment.Event{Kind: "text", Text: s})
	}
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			open = append(open, name(t.Name))
			out = append(out, payment.Event{Kind: "start", Name: name(t.Name)})
			for _, a := range t.Attr {
				out = append(out, payment.Event{Kind: "attribute", Name: name(a.Name), Text: a.Value})
			}
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != name(t.Name) {
				return nil, errors.New("tags do not match")
			}
			open = open[:len(open)-1]
			out = append(out, payment.Event{Kind: "end", Name: name(t.Name)})
		case xml.CharData:
			add(string(t))
		}
	}
	if len(open) > 0 {
		return nil, io.ErrUnexpectedEOF
	}
	kept := out[:0]
	for _, e := range out {
		if e.Kind != "text" || strings.TrimSpace(e.Text) != "" {
			kept = append(kept, e)
		}
	}
	return kept, nil
}

// compare checks one text: what we accept the standard library accepts, with
// the same events.
func compare(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		return // refused before the scanner
	}
	got, err := payment.Scan(text)
	if err != nil {
		return
	}
	want, err := standard(strings.TrimPrefix(strings.TrimLeft(text, " \t\r\n"), "\ufeff"))
	if err != nil {
		t.Fatalf("accepted what encoding/xml refuses with %v: %.2000q", err, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%.2000q: %s", text, diff)
	}
}

// TestScannerAgrees compares on every sample, whole and with parts broken.
func TestScannerAgrees(t *testing.T) {
	for _, path := range sampleFiles(t) {
		if filepath.Ext(path) != ".xml" {
			continue
		}
		text := strings.TrimPrefix(string(readFile(t, path)), "\ufeff")
		if _, err := payment.Scan(text); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		compare(t, text)
		for i := 0; i < len(text); i += 397 {
			for _, cut := range []string{"<", "&", "\"", "]]>", "<!--", "/>", ""} {
				compare(t, text[:i]+cut+text[min(len(text), i+1):])
			}
		}
	}
}

func FuzzScanner(f *testing.F) {
	f.Add("<?xml version=\"1.0\"?><a:b xmlns:a=\"u\" c='d&lt;'>t &#65;<![CDATA[<x>]]><!-- c --><e/></a:b>")
	f.Add("<a>x\r\ny]]</a>\n<b/>")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\ufeff") {
			t.Skip("a mark that encoding/xml takes for text")
		}
		if strings.Count(text, "<?xml") > 1 {
			t.Skip("several documents in one file are our own matter")
		}
		compare(t, text)
	})
}

// TestRefused: what a payment never needs is refused, with its line.
func TestRefused(t *testing.T) {
	doc := func(inner string) string {
		return "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08\">\n" + inner + "</Document>"
	}
	deep := strings.Repeat("<a>", 70) + "x" + strings.Repeat("</a>", 70)
	for _, c := range []struct{ rule, in, want string }{
		{"DTD", "<!DOCTYPE a [<!ENTITY x \"y\">]>" + doc("<a>&x;</a>"), "in:1: byte 0: a DTD"},
		{"entity", doc("<a>&x;</a>"), "in:2: byte 69: the entity &x; is not allowed"},
		{"processing instruction", doc("<?php x ?>"), "a processing instruction"},
		{"depth", doc(deep), "nested deeper than 64"},
		{"a tag that does not match", doc("<a></b>"), "</b> stands where </a> is due"},
		{"the end is missing", "<Document><a>x", "the input ends inside element a"},
		{"invalid UTF-8", doc("\n<a>\xff</a>"), "in:3: invalid UTF-8"},
		{"control character", doc("<a>\x01</a>"), "control character"},
		{"unknown charset", "<?xml version=\"1.0\" encoding=\"ebcdic-x\"?><Document/>", "unknown charset"},
		{"broken declaration", "<?xml version=\"2.0\"?><Document/>", "the XML declaration cannot be read"},
		{"text around the message", "hello " + doc(""), "neither XML, JSON nor SWIFT MT"},
		{"no message", "<html><body>x</body></html>", "the root element is html"},
		{"nothing", "  \n", "the input is empty"},
		{"doubled attribute", "<Document a=\"1\" a=\"2\"/>", "attribute a stands twice"},
		{"another JSON", `{"a": {"b": "c"}}`, "not an ISO 20022 message"},
		{"broken JSON", `{"Document": {"GrpHdr": `, "unexpected EOF"},
		{"an MT block without end", "{1:F01BANKBEBBAXXX2222123456}{4:\n:20:X\n", "block 4 is not closed"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var errs []string
			for m, err := range payment.Read("in", strings.NewReader(c.in)) {
				if err == nil {
					t.Fatalf("read as %s", m.Kind)
				}
				if fault.KindOf(err) != fault.Invalid {
					t.Errorf("kind %s", fault.KindOf(err))
				}
				errs = append(errs, err.Error())
			}
			if len(errs) != 1 || !strings.Contains(errs[0], c.want) {
				t.Errorf("%q, want %q", errs, c.want)
			}
		})
	}
}
