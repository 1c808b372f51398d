package payment_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"interdict/internal/payment"
)

const samples = "../../../shared/data/payments"

// sampleFiles lists every file under the samples; it skips the test when they
// are absent.
func sampleFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(samples + "/*/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("NO SAMPLE PAYMENTS: folder %s is absent; nothing was checked", samples)
	}
	return files
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	in, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// fileKind is the message type that a plain search finds in a sample.
var fileKind = regexp.MustCompile(`(?:tech:xsd|swift:xsd|/de)[:/]([a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2}(?:\.ch\.[0-9]{2})?)`)

// TestSamples reads every sample and checks its outcome by rule: one message
// of the type that the file names, at least one transaction, no error.
func TestSamples(t *testing.T) {
	for _, path := range sampleFiles(t) {
		in := string(readFile(t, path))
		t.Run(filepath.Base(path), func(t *testing.T) {
			want := "CstmrPmtStsRpt" // the two samples without any namespace
			var kinds []string
			for _, m := range fileKind.FindAllStringSubmatch(in, -1) {
				if !strings.HasPrefix(m[1], "head.") {
					kinds = append(kinds, m[1])
				}
			}
			if len(kinds) > 0 {
				want = kinds[0]
			} else if strings.Contains(in, "head.001.001.02") {
				want = "head.001.001.02" // a business header alone
			}
			n := 0
			for m, err := range payment.Read(path, strings.NewReader(in)) {
				if err != nil {
					t.Fatal(err)
				}
				n++
				if m.Kind != want {
					t.Errorf("kind %s, want %s", m.Kind, want)
				}
				if len(m.Transactions) == 0 {
					t.Error("no transaction")
				}
			}
			if n != 1 {
				t.Errorf("%d messages, want 1", n)
			}
		})
	}
}

// letterLeaves walks XML with the standard library and returns every text and
// attribute that holds a letter.
func letterLeaves(t *testing.T, in string) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(in))
	var out []string
	text := ""
	keep := func(s string) {
		if s = strings.TrimSpace(s); strings.ContainsFunc(s, unicode.IsLetter) {
			out = append(out, s)
		}
	}
	for {
		tok, err := d.Token()
		if err != nil {
			return out
		}
		switch tok := tok.(type) {
		case xml.CharData:
			text += string(tok)
		case xml.StartElement:
			keep(text)
			text = ""
			for _, a := range tok.Attr {
				keep(a.Value)
			}
		case xml.EndElement:
			keep(text)
			text = ""
		}
	}
}

// knownCode is the test's own idea of what may be left out: dates, booleans,
// UUIDs, message types, currency and other upper-case codes of at most five
// signs, URIs, one signature, and the two placeholders.
var knownCode = regexp.MustCompile(`^(true|false|DN|[A-Z0-9]{2,5}|[0-9T:.Z+-]+|[0-9a-f-]{32,36}|[a-z]{4}(\.[0-9]{3}){2}\.[0-9]{2}(\.ch\.02)?|(urn:|http:)\S+(\s+\S+)*|[A-Za-z0-9+/]{300,}==|CUTOVER2026|NOTPROVIDED)$`)

// TestEveryLetterIsScreened compares with an independent walk: each leaf with
// a letter is a field's text, or a code.
func TestEveryLetterIsScreened(t *testing.T) {
	leaves, fields, codes := 0, 0, 0
	for _, path := range sampleFiles(t) {
		if filepath.Ext(path) != ".xml" {
			continue
		}
		in := string(readFile(t, path))
		seen := map[string]bool{}
		for m, err := range payment.Read(path, strings.NewReader(in)) {
			if err != nil {
				t.Fatal(err)
			}
			for _, tx := range m.Transactions {
				for _, f := range tx.Fields {
					seen[f.Text] = true
					fields++
				}
			}
		}
		for _, leaf := range letterLeaves(t, in) {
			leaves++
			switch {
			case seen[leaf]:
			case knownCode.MatchString(leaf):
				codes++
			default:
				t.Errorf("%s: %q is neither a field nor a code", filepath.Base(path), leaf)
			}
		}
	}
	t.Logf("%d leaves with letters, %d known codes, %d fields over all transactions", leaves, codes, fields)
}

// BenchmarkRead reads the samples of 1 to 4 kB, the size of a payment.
func BenchmarkRead(b *testing.B) {
	var in []string
	size := 0
	for _, path := range sampleFiles(b) {
		if s := string(readFile(b, path)); strings.Contains(path, "pacs.0") && len(s) < 4000 {
			in = append(in, s)
			size += len(s)
		}
	}
	b.SetBytes(int64(size / len(in)))
	b.ReportAllocs()
	start, n := time.Now(), 0
	for b.Loop() {
		for _, err := range payment.Read("sample", strings.NewReader(in[n%len(in)])) {
			if err != nil {
				b.Fatal(err)
			}
		}
		n++
	}
	b.ReportMetric(float64(n)/time.Since(start).Seconds(), "messages/s")
}
