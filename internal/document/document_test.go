package document_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"interdict/internal/document"
	"interdict/internal/fault"
)

// part is a named text for comparison.
type part struct{ Name, Text string }

func parts(t document.Text) []part {
	var out []part
	for _, p := range t.Parts {
		out = append(out, part{p.Name, t.Body[p.Start:p.End]})
	}
	return out
}

// read fails the test on an error and checks what holds for every text.
func read(t *testing.T, name, in string) document.Text {
	t.Helper()
	text, err := document.Read(name, strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, text)
	return text
}

type failer interface{ Fatalf(string, ...any) }

// checkText: parts lie in order within the body, and cover all but blanks.
func checkText(t failer, text document.Text) {
	at := 0
	for _, p := range text.Parts {
		if p.Start < at || p.End < p.Start || p.End > len(text.Body) {
			t.Fatalf("part %+v is out of order in a body of %d", p, len(text.Body))
		}
		if strings.TrimSpace(text.Body[at:p.Start]) != "" {
			t.Fatalf("text %q is in no part", text.Body[at:p.Start])
		}
		at = p.End
	}
	if strings.TrimSpace(text.Body[at:]) != "" {
		t.Fatalf("text %q is in no part", text.Body[at:])
	}
	if !utf8.ValidString(text.Body) {
		t.Fatalf("the body is not UTF-8")
	}
	if len(text.Unread) > len(text.Warnings) {
		t.Fatalf("%d unread, %d warnings", len(text.Unread), len(text.Warnings))
	}
}

func encode(t *testing.T, m *charmap.Charmap, s string) string {
	t.Helper()
	out, err := m.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPlainText(t *testing.T) {
	const (
		russian = "Иван Петров перевёл деньги организации «Исламское государство»."
		arabic  = "تنظيم الدولة الإسلامية في العراق والشام"
		french  = "Société Générale, André Müller, œuvre à Besançon"
		german  = "Jürgen Groß, Köln"
	)
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(russian)
	if err != nil {
		t.Fatal(err)
	}
	big, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(arabic)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(french)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ rule, in, want, warning string }{
		{"UTF-8", russian, russian, ""},
		{"UTF-8 with mark", "\ufeff" + arabic, arabic, ""},
		{"UTF-16 little endian", utf16, russian, ""},
		{"UTF-16 big endian", big, arabic, ""},
		{"UTF-16 without mark", bare, french, ""},
		{"Western", encode(t, charmap.Windows1252, french), french, "windows-1252"},
		{"Western, short", encode(t, charmap.Windows1252, german), german, "windows-1252"},
		{"Cyrillic of Windows", encode(t, charmap.Windows1251, russian), russian, "windows-1251"},
		{"Cyrillic of Windows, a name", encode(t, charmap.Windows1251, "Иван Петров"), "Иван Петров", "windows-1251"},
		{"Cyrillic of Unix", encode(t, charmap.KOI8R, "Иван Петров перевел деньги"), "Иван Петров перевел деньги", "KOI8-R"},
		{"Cyrillic of Unix, a name", encode(t, charmap.KOI8R, "Иван Петров"), "Иван Петров", "KOI8-R"},
		{"Arabic of Windows", encode(t, charmap.Windows1256, arabic), arabic, "windows-1256"},
		{"one broken byte in UTF-8", russian + "\xff", russian + "\ufffd", "broken UTF-8"},
		{"no letters", "123 -- 456", "123 -- 456", ""},
		{"nothing", "", "", ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got := read(t, "a.txt", c.in)
			if diff := cmp.Diff(c.want, got.Body); diff != "" {
				t.Error(diff)
			}
			if got.Format != "txt" || !strings.Contains(strings.Join(got.Warnings, "\n"), c.warning) || (c.warning == "") != (len(got.Warnings) == 0) {
				t.Errorf("format %s, warnings %q, want one on %q", got.Format, got.Warnings, c.warning)
			}
		})
	}
}

// TestArticle reads the article that the project begins with.
func TestArticle(t *testing.T) {
	const path = "../../../shared/data/documents/article-2015-11-18.txt"
	in, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("NO ARTICLE: %s is absent; nothing was checked", path)
	}
	got := read(t, path, string(in))
	if got.Body != strings.TrimSpace(string(in)) || len(got.Warnings) > 0 {
		t.Errorf("the article changed, or warnings: %q", got.Warnings)
	}
}

func TestHTML(t *testing.T) {
	in := `<!doctype html><html><head><title>A &amp; B</title><style>p{x:y}</style><script>var evil = "no";</script>
<meta name="author" content="Jane Doe"></head><body><p>Osama <b>bin</b> La<i>den</i> &#1048;&#1074;&#1072;&#1085;</p><div>Next<br>line</div>
<table><tr><td>one</td><td>two</td></tr></table><img alt="Ayman" src="x.png"><a title="The Doctor" href="y">here</a>So&shy;ft</body></html>`
	want := []part{
		{"title", "A & B"},
		{"body", "Osama bin Laden Иван\nNext\nline\none\ttwo\nhere" + "Soft"},
		{"attributes", "Jane Doe\nAyman\nThe Doctor"},
	}
	got := read(t, "a.html", in)
	if diff := cmp.Diff(want, parts(got)); diff != "" || got.Format != "html" {
		t.Error(got.Format, diff)
	}
}

func TestHTMLCharset(t *testing.T) {
	page := func(charset, text string) string {
		return `<html><head><meta charset="` + charset + `"></head><body>` + text + `</body></html>`
	}
	for _, c := range []struct{ rule, in, want, warning string }{
		{"declared", page("windows-1251", encode(t, charmap.Windows1251, "Пётр")), "Пётр", ""},
		{"declared wrongly", page("windows-1251", "Пётр"), "Пётр", "is wrong"},
		{"not declared", "<html><body>" + encode(t, charmap.Windows1251, "Пётр Иванов") + "</body></html>", "Пётр Иванов", "guessed"},
		{"declared UTF-8, is not", page("utf-8", encode(t, charmap.Windows1251, "Пётр Иванов")), "Пётр Иванов", "guessed"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got := read(t, "page", c.in)
			if got.Body != c.want || !strings.Contains(strings.Join(got.Warnings, "\n"), c.warning) || (c.warning == "") != (len(got.Warnings) == 0) {
				t.Errorf("%q, %q", got.Body, got.Warnings)
			}
		})
	}
}

func TestXML(t *testing.T) {
	got := read(t, "a.xml", `<?xml version="1.0"?><list owner="Abu Bakr"><name>Ali</name><name>Omar &#1048;</name></list>`)
	if diff := cmp.Diff([]part{{"body", "Ali\nOmar И"}, {"attributes", "1.0\nAbu Bakr"}}, parts(got)); diff != "" && got.Format != "xml" {
		t.Error(diff)
	}
	for _, want := range []string{"Ali", "Omar И", "Abu Bakr"} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("%q is not in %q", want, got.Body)
		}
	}
}

const wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:wp="urn:wp"`

// docx packs members into a Word file; wpml wraps paragraphs in a root.
func docx(t *testing.T, members map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range members {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wpml(body string) string { return `<w:document ` + wordSpaces + `>` + body + `</w:document>` }

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func TestDOCX(t *testing.T) {
	body := para("Osama bin ") + `<w:p><w:r><w:t xml:space="preserve">Ayman </w:t></w:r><w:del><w:r><w:delText>al-Zawahiri</w:delText></w:r></w:del>` +
		`<w:ins><w:r><w:t>Smith</w:t></w:r></w:ins><w:r><w:tab/><w:t>end</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>Out</w:t><mc:AlternateContent><mc:Choice><wp:docPr descr="A photo of X"/><wps:txbx><w:txbxContent>` + para("In the box") +
		`</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent>` + para("In the box") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>side</w:t></w:r></w:p>`
	got := read(t, "letter.docx", docx(t, map[string]string{
		"word/document.xml":    wpml(body),
		"word/header1.xml":     wpml(para("Head")),
		"word/footer2.xml":     wpml(para("Foot")),
		"word/footnotes.xml":   wpml(para("A note")),
		"word/endnotes.xml":    wpml(para("An end")),
		"word/comments.xml":    wpml(para("Who is this?")),
		"word/styles.xml":      wpml(para("Normal")),
		"docProps/core.xml":    `<c><creator>Jane Roe</creator></c>`,
		"word/media/scan.png":  "\x89PNG....",
		"word/embeddings/o.bn": "\xD0\xCF\x11\xE0",
	}))
	want := []part{
		{"body", "Osama bin \nAyman Smith\tend\nOutside"},
		{"text box", "In the box"},
		{"deleted", "Ayman al-Zawahiri\tend"},
		{"alternative text", "A photo of X"},
		{"properties", "Jane Roe"},
		{"comments", "Who is this?"},
		{"endnotes", "An end"},
		{"footer", "Foot"},
		{"footnotes", "A note"},
		{"header", "Head"},
		{"embedded file name", "o.bn"},
	}
	if diff := cmp.Diff(want, parts(got)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"embedded file o.bn", "image scan.png"}, got.Unread); diff != "" {
		t.Error(diff)
	}
}

const mail = "From: =?utf-8?b?0JjQstCw0L0g0J/QtdGC0YDQvtCy?= <ivan@example.com>\r\nTo: \"Doe, Jane\" <jane@example.com>\r\n" +
	"Subject: =?iso-8859-1?q?Andr=E9?=\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"

func attachment(name, kind, body string) string {
	return "--B\r\nContent-Type: " + kind + "; name=\"" + name + "\"\r\nContent-Disposition: attachment; filename=\"" + name +
		"\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(body)) + "\r\n"
}

func TestMail(t *testing.T) {
	inner := "From: a@example.com\r\nTo: b@example.com\r\nSubject: inner\r\n\r\nInner text\r\n"
	in := mail + "Content-Type: multipart/mixed; boundary=B\r\n\r\n" +
		"--B\r\nContent-Type: multipart/alternative; boundary=C\r\n\r\n--C\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello Osama\r\n" +
		"--C\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello <b>Ayman</b></p>\r\n--C--\r\n" +
		attachment("letter.docx", "application/octet-stream", docx(t, map[string]string{"word/document.xml": wpml(para("Letter text"))})) +
		attachment("scan.png", "image/png", "\x89PNG....") +
		attachment("fwd.eml", "message/rfc822", inner) +
		attachment("note.txt", "text/plain", "A note") +
		"--B--\r\n"
	got := read(t, "a.eml", in)
	want := []part{
		{"From", "Иван Петров <ivan@example.com>"},
		{"To", `"Doe, Jane" <jane@example.com>`},
		{"Subject", "André"},
		{"body", "Hello Osama"},
		{"HTML body", "Hello Ayman"},
		{"attachment name", "letter.docx"},
		{"attachment letter.docx: body", "Letter text"},
		{"attachment name", "scan.png"},
		{"attachment name", "fwd.eml"},
		{"attachment fwd.eml: From", "a@example.com"},
		{"attachment fwd.eml: To", "b@example.com"},
		{"attachment fwd.eml: Subject", "inner"},
		{"attachment fwd.eml: body", "Inner text"},
		{"attachment name", "note.txt"},
		{"attachment note.txt: body", "A note"},
	}
	if diff := cmp.Diff(want, parts(got)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"attachment scan.png"}, got.Unread); diff != "" {
		t.Error(diff)
	}
	if got.Format != "eml" {
		t.Error(got.Format)
	}
}

func TestMailOfHTMLAlone(t *testing.T) {
	got := read(t, "a.eml", mail+"Content-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>"+encode(t, charmap.Windows1251, "Привет, Усама бен Ладен")+"</p>\r\n")
	if all := parts(got); len(all) == 0 || all[len(all)-1].Text != "Привет, Усама бен Ладен" || len(got.Warnings) > 0 {
		t.Errorf("%q, %q", all, got.Warnings)
	}
}

// TestBrokenMail: what the mail reader loses is named as unread.
func TestBrokenMail(t *testing.T) {
	got := read(t, "a.eml", mail+"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8gT3Nh(cut)A\r\n")
	if len(got.Unread) == 0 || !strings.Contains(strings.Join(got.Warnings, "\n"), "not screened") {
		t.Errorf("unread %q, warnings %q, %q", got.Unread, got.Warnings, got.Body)
	}
}

func TestMailNestedTooDeep(t *testing.T) {
	in := mail + "\r\nThe innermost text\r\n"
	for range 12 {
		in = mail + "Content-Type: multipart/mixed; boundary=B\r\n\r\n" + attachment("m.eml", "application/octet-stream", in) + "--B--\r\n"
	}
	got := read(t, "a.eml", in)
	if len(got.Unread) != 1 || !strings.Contains(got.Warnings[0], "nested deeper") {
		t.Errorf("unread %q, warnings %q", got.Unread, got.Warnings)
	}
}

// pdf writes a PDF of pages in Helvetica.
func pdf(pages ...string) string {
	var b bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	b.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for _, text := range pages {
		content := ""
		if text != "" {
			content = "BT /F1 12 Tf 72 700 Td (" + text + ") Tj ET"
		}
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", len(offsets)+2))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return b.String()
}

func TestPDF(t *testing.T) {
	got := read(t, "a.pdf", pdf("Osama bin Laden", "", "Page three"))
	if diff := cmp.Diff([]part{{"page 1", "Osama bin Laden"}, {"page 3", "Page three"}}, parts(got)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"page 2"}, got.Unread); diff != "" || got.Format != "pdf" {
		t.Error(got.Format, diff)
	}
}

// TestRefused: what cannot be read is an error of kind Invalid that tells what
// it is.
func TestRefused(t *testing.T) {
	bomb := docx(t, map[string]string{"word/document.xml": wpml(strings.Repeat(" ", 80<<20))})
	for _, c := range []struct{ rule, name, in, want string }{
		{"a scan", "a.pdf", pdf("", ""), "no text in the PDF"},
		{"a broken PDF", "a.pdf", "%PDF-1.4\nnothing", "broken PDF"},
		{"an image", "a.png", "\x89PNG\r\n\x1a\n", "a PNG image"},
		{"an old Word file", "a.doc", "\xD0\xCF\x11\xE0\xA1\xB1", "old Office"},
		{"RTF", "a.rtf", "{\\rtf1 hello}", "RTF"},
		{"unknown bytes", "a.bin", "\x01\x02\x03\x00\x00\x01\x02", "binary"},
		{"a broken archive", "a.docx", "PK\x03\x04broken", "broken ZIP"},
		{"a spreadsheet", "a.xlsx", docx(t, map[string]string{"xl/workbook.xml": "<x/>"}), "spreadsheet"},
		{"another archive", "a.zip", docx(t, map[string]string{"a.txt": "x"}), "without a Word document"},
		{"Word without a document", "a.docx", docx(t, map[string]string{"word/header1.xml": wpml(para("x"))}), "without word/document.xml"},
		{"Word with broken XML", "a.docx", docx(t, map[string]string{"word/document.xml": "<w:p>"}), "word/document.xml"},
		{"a ZIP bomb", "a.docx", bomb, "ZIP bomb"},
		{"too large", "a.txt", strings.Repeat("a", document.MaxInput+1), "larger than 64 MiB"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := document.Read(c.name, strings.NewReader(c.in))
			if err == nil || fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), c.name) {
				t.Errorf("got %v (%s), %q", err, fault.KindOf(err), got.Body)
			}
		})
	}
}

// TestHTMLKeepsEveryWord: whatever the markup, each word of the text arrives.
func TestHTMLKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zа-я]{1,8}`), 1, 20).Draw(t, "words")
		var in strings.Builder
		in.WriteString("<!doctype html><body>")
		for _, w := range words {
			tag := rapid.SampledFrom([]string{"p", "div", "b", "td", "li", "a", "unknown"}).Draw(t, "tag")
			in.WriteString("<" + tag + ">" + w + "</" + tag + "> ")
		}
		text, err := document.Read("a.html", strings.NewReader(in.String()))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Fields(text.Body); !cmp.Equal(got, words) {
			t.Fatalf("words %q, got %q", words, got)
		}
	})
}

// FuzzRead: any input gives a text whose parts hold together, or an error with
// a kind that a caller can act on.
func FuzzRead(f *testing.F) {
	f.Add("a.txt", []byte("text"))
	f.Add("a.html", []byte("<html><title>x</title><p>y"))
	f.Add("a.eml", []byte(mail+"\r\nbody"))
	f.Add("a.xml", []byte("<?xml version=\"1.0\"?><a b='c'>d</a>"))
	f.Fuzz(func(t *testing.T, name string, in []byte) {
		if bytes.Contains(in, []byte("%PDF-")) {
			t.Skip("PDFium is not ours to fuzz")
		}
		text, err := document.Read(name, bytes.NewReader(in))
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("kind %s: %v", fault.KindOf(err), err)
			}
			return
		}
		checkText(t, text)
	})
}
