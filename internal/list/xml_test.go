package list_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/list"
)

// walk reads text and writes what it yields in one line each.
func walk(text string, entries ...string) (got []string, around []string) {
	outside := func(path string, n *list.Node) { around = append(around, path+"="+n.Text) }
	for e, err := range list.XML(strings.NewReader(text), "f.xml", entries, outside) {
		if err != nil {
			got = append(got, "error: "+err.Error())
			continue
		}
		got = append(got, fmt.Sprintf("%s line %d %s", e.Path, e.Line, dump(e.Node)))
	}
	return got, around
}

func dump(n *list.Node) string {
	var b strings.Builder
	b.WriteString(n.Name)
	for _, a := range n.Attrs {
		fmt.Fprintf(&b, " @%s=%s", a.Name, a.Value)
	}
	if n.Text != "" {
		fmt.Fprintf(&b, " %q", n.Text)
	}
	for _, c := range n.Children {
		b.WriteString(" (" + dump(c) + ")")
	}
	return b.String()
}

func TestXMLYieldsEntriesWhole(t *testing.T) {
	for _, c := range []struct {
		rule, text string
		want       []string
	}{
		{"in order, with path and line", "<L>\n<G><E>a</E>\n<E>b</E></G>\n<H><E>c</E></H></L>", []string{
			`L/G/E[1] line 2 E "a"`, `L/G/E[2] line 3 E "b"`, `L/H/E[1] line 4 E "c"`,
		}},
		{"matched by local name", `<x:L xmlns:x="u"><x:E x:a="1" b='2'>t</x:E></x:L>`, []string{`L/E[1] line 1 E @a=1 @b=2 "t"`}},
		{"an entry inside an entry is part of it", "<L><E>a<E>b</E>c</E></L>", []string{`L/E[1] line 1 E "ac" (E "b")`}},
		{"comments do not cut text", "<L><E>a<!-- <E>x</E> -->b</E></L>", []string{`L/E[1] line 1 E "ab"`}},
		{"CDATA is text", "<L><E><![CDATA[a <b> & c]]></E></L>", []string{`L/E[1] line 1 E "a <b> & c"`}},
		{"the root may be an entry", "<E>a</E>", []string{`E[1] line 1 E "a"`}},
		{"no entries", "<L><X/></L>", nil},
		{"bytes after the root are no entry", "<L><E>a</E></L>\x00 trailing", []string{`L/E[1] line 1 E "a"`}},
		{"declared charset", "<?xml version='1.0' encoding='windows-1251'?><L><E>\xcf\xe5\xf2\xf0</E></L>", []string{`L/E[1] line 1 E "Петр"`}},
	} {
		got, _ := walk(c.text, "E")
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.rule, d)
		}
	}
}

func TestXMLRefuses(t *testing.T) {
	deep := strings.Repeat("<a>", 70) + strings.Repeat("</a>", 70)
	for _, c := range []struct {
		rule, text, want string
		before           int // entries yielded before the fault
	}{
		{"a document type", "<!DOCTYPE L><L/>", "document types and entities are refused", 0},
		{"an entity declaration", `<!DOCTYPE L [<!ENTITY e SYSTEM "file:///etc/passwd">]><L><E>&e;</E></L>`, "document types and entities are refused", 0},
		{"an undeclared entity", "<L><E>&e;</E></L>", "invalid character entity", 0},
		{"a processing instruction", "<?php echo 1 ?><L/>", `processing instruction "php" is refused`, 0},
		{"a directive inside an entry", "<L><E><?php x ?></E></L>", "directives inside an entry are refused", 0},
		{"deep nesting in an entry", "<L><E>" + deep + "</E></L>", "elements nest deeper than 64", 0},
		{"deep nesting around entries", "<L>" + deep + "</L>", "elements nest deeper than 64", 0},
		{"too large an entry", "<L><E>" + strings.Repeat("x", 17<<20) + "</E></L>", "the entry is larger than", 0},
		{"a cut entry", "<L><E>a</E><E>b", "unexpected EOF", 1},
		{"a cut list", "<L><E>a</E>", "unexpected EOF", 1},
		{"a second root", "<L><E>a</E></L><L><E>b</E></L>", "an element after the end of the document", 1},
		{"tags that do not match", "<L><E>a</F></L>", "closed by </F>", 0},
		{"an unknown charset", "<?xml version='1.0' encoding='x-none'?><L/>", "x-none", 0},
		{"bytes that are not of the charset", "<L><E>\xff</E></L>", "invalid UTF-8", 0},
		{"nothing", " \n", "no XML element in the file", 0},
	} {
		got, _ := walk(c.text, "E")
		if len(got) != c.before+1 || !strings.HasPrefix(got[c.before], "error: f.xml:") || !strings.Contains(got[c.before], c.want) {
			t.Errorf("%s: got %.200q, want %d entries and %q", c.rule, got, c.before, c.want)
		}
	}
}

func TestXMLFaultsAreInvalidInput(t *testing.T) {
	for _, err := range list.XML(strings.NewReader("<L>"), "f.xml", []string{"E"}, nil) {
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v is %v", err, fault.KindOf(err))
		}
	}
}

func TestXMLGivesWhatStandsAroundEntries(t *testing.T) {
	_, around := walk("<L date='x'> top <D>2020 </D><G>\n<E>a</E> </G></L>", "E")
	want := []string{"L=top", "L/D=2020", "L/G="}
	if d := cmp.Diff(want, around); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestXMLStopsWhenTheReaderDoes(t *testing.T) {
	n := 0
	for range list.XML(strings.NewReader("<L><E/><E/><E/></L>"), "f.xml", []string{"E"}, nil) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d entries after a break", n)
	}
}

// However many entries a list has, each is yielded once, in order.
func TestXMLKeepsEveryEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.StringMatching(`[a-zà-ö0-9]{0,12}`)).Draw(t, "texts")
		var b strings.Builder
		b.WriteString("<L>")
		for i, s := range texts {
			if i%3 == 0 {
				b.WriteString("<G/>\n")
			}
			fmt.Fprintf(&b, "<E n='%d'><T>%s</T></E>", i, s)
		}
		b.WriteString("</L>")
		i := 0
		for e, err := range list.XML(strings.NewReader(b.String()), "f.xml", []string{"E"}, nil) {
			if err != nil {
				t.Fatal(err)
			}
			if e.Attr("n") != fmt.Sprint(i) || e.Value("T") != texts[i] {
				t.Fatalf("entry %d is %s", i, dump(e.Node))
			}
			i++
		}
		if i != len(texts) {
			t.Fatalf("%d entries, %d yielded", len(texts), i)
		}
	})
}

func TestNodeAccess(t *testing.T) {
	var n *list.Node
	for e, err := range list.XML(strings.NewReader("<E a=' 1 '><T> b \n c </T><T>d</T></E>"), "f.xml", []string{"E"}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		n = e.Node
	}
	if n.Attr("a") != "1" || n.Attr("z") != "" || n.Value("T") != "b c" || len(n.All("T")) != 2 {
		t.Errorf("%s", dump(n))
	}
	if c := n.Child("none").Child("none"); c.Name != "" || c.Value("x") != "" {
		t.Errorf("a missing child is %+v", c)
	}
}

func TestLeftoversKeepsWhatIsNotKnown(t *testing.T) {
	var n *list.Node
	for e := range list.XML(strings.NewReader("<E id='1'><A x='2' y=''>a<B>b</B></A><C>\n c  d </C><A><B>e</B></A></E>"), "f.xml", []string{"E"}, nil) {
		n = e.Node
	}
	var got []string
	list.Leftovers(n, func(path string) bool { return path == "A" || path == "@id" }, func(path, value string) {
		got = append(got, path+"="+value)
	})
	want := []string{"A@x=2", "A/B=b", "C=c d", "A/B=e"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Whatever comes in: no panic, an end, and at most one error, the last thing.
func FuzzXML(f *testing.F) {
	f.Add("<L><G><E a='1'>x<T/></E></G><E/></L>")
	f.Add("<!DOCTYPE x><L/>")
	f.Add("<L><E>")
	f.Fuzz(func(t *testing.T, text string) {
		got, _ := walk(text, "E")
		entries := 0
		for i, g := range got {
			if strings.HasPrefix(g, "error: ") && i != len(got)-1 {
				t.Fatalf("an error before the end: %q", got)
			}
			if !strings.HasPrefix(g, "error: ") {
				entries++
			}
		}
		if open := strings.Count(text, "<E") + strings.Count(text, ":E"); entries > open {
			t.Fatalf("%d entries out of %d tags", entries, open)
		}
	})
}
