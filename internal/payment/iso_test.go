package payment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/payment"
)

const namespace = `xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"`

// messages reads an input that must be without fault.
func messages(t *testing.T, in string) []payment.Message {
	t.Helper()
	var out []payment.Message
	for m, err := range payment.Read("in", strings.NewReader(in)) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}

// texts lists class, text and variant of a transaction's fields.
func texts(tx payment.Transaction) []string {
	var out []string
	for _, f := range tx.Fields {
		s := string(f.Class) + ": " + f.Text
		if f.Variant != "" {
			s += " (" + f.Variant + ")"
		}
		out = append(out, s)
	}
	return out
}

// document wraps one transaction's content in a pacs.008.
func document(content string) string {
	return `<Document ` + namespace + `><FIToFICstmrCdtTrf><CdtTrfTxInf>` + content + `</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`
}

// TestFields checks the rules of section 2 one by one.
func TestFields(t *testing.T) {
	for _, c := range []struct {
		rule, in string
		want     []string
	}{
		{"party, birth date, country", `<Dbtr><Nm>A B</Nm><Id><PrvtId><DtAndPlcOfBirth><BirthDt>1957-03-10</BirthDt><CityOfBirth>Riyadh</CityOfBirth><CtryOfBirth>SA</CtryOfBirth></DtAndPlcOfBirth></PrvtId></Id></Dbtr>`, []string{
			"party_name: A B", "birth_date: 1957-03-10", "place: Riyadh", "country: SA",
		}},
		{"bank", `<DbtrAgt><FinInstnId><BICFI>BBBBUS33</BICFI><Nm>Bank</Nm></FinInstnId></DbtrAgt>`, []string{"identifier: BBBBUS33", "bank_name: Bank"}},
		{"known codes are left out", `<ChrgBr>SLEV</ChrgBr><IntrBkSttlmAmt Ccy="USD">1</IntrBkSttlmAmt><Purp><Cd>SALA</Cd></Purp>`, nil},
		{"unknown codes are not", `<ChrgBr>ISIS</ChrgBr><A Ccy="BIN LADEN">1</A><Purp><Cd>ISIL</Cd></Purp>`, []string{"code: ISIS", "any_text: BIN LADEN", "code: ISIL"}},
		{"a known code elsewhere is a text", `<Dbtr><Nm>SLEV</Nm></Dbtr>`, []string{"party_name: SLEV"}},
		{"unknown elements", `<New><Thing>Osama</Thing><Other lang2="x">1</Other></New>`, []string{"any_text: Osama", "any_text: x"}},
		{"mixed content", `<New>Osama<B>bin</B>Laden</New>`, []string{"any_text: Osama", "any_text: bin", "any_text: Laden"}},
		{"comments and CDATA cut nothing", `<Dbtr><Nm>Osa<!-- x -->ma <![CDATA[bin & ]]>Laden&#33;</Nm></Dbtr>`, []string{"party_name: Osama bin & Laden!"}},
		{"UUID is a reference, a name in its place is a text", `<PmtId><UETR>8a562c67-ca16-48ba-b074-65581be6f011</UETR><TxId>OSAMA</TxId></PmtId>`, []string{"reference: OSAMA"}},
		{"placeholder of the cutover", `<Dbtr><PstlAdr><TwnNm>CUTOVER2026</TwnNm><Ctry>US</Ctry></PstlAdr></Dbtr>`, []string{"country: US"}},
		{"digits alone", `<DbtrAcct><Id><Othr><Id>123</Id></Othr></Id></DbtrAcct><X>1234567</X><Y>1234.56</Y><Z>2026-01-01</Z>`, []string{"identifier: 123", "identifier: 1234567"}},
		{"address lines", `<Dbtr><PstlAdr><AdrLine>1 Main Street Kabu</AdrLine><AdrLine>l Afghanistan</AdrLine></PstlAdr></Dbtr>`, []string{
			"address: 1 Main Street Kabu", "address: l Afghanistan", "address: 1 Main Street Kabu l Afghanistan (joined)",
			"address: 1 Main Street Kabul Afghanistan (joined without blank)",
		}},
		{"address lines that no word crosses", `<Dbtr><PstlAdr><AdrLine>Main Street,</AdrLine><AdrLine>Kabul</AdrLine></PstlAdr></Dbtr>`, []string{
			"address: Main Street,", "address: Kabul", "address: Main Street, Kabul (joined)",
		}},
		{"three lines, one full", `<RmtInf><Ustrd>FOR MOHAMMED AL ZAWA</Ustrd><Ustrd>HIRI</Ustrd><Ustrd>RENT</Ustrd></RmtInf>`, []string{
			"free_text: FOR MOHAMMED AL ZAWA", "free_text: HIRI", "free_text: RENT", "free_text: FOR MOHAMMED AL ZAWA HIRI RENT (joined)",
			"free_text: FOR MOHAMMED AL ZAWAHIRIRENT (joined without blank)", "free_text: FOR MOHAMMED AL ZAWAHIRI RENT (joined at full lines)",
		}},
		{"a name that runs on into the address", `<Dbtr><Nm>AYMAN MOHAMMED RABIE AL ZAWAHIRI TR</Nm><PstlAdr><AdrLine>ADING CO</AdrLine></PstlAdr></Dbtr>`, []string{
			"party_name: AYMAN MOHAMMED RABIE AL ZAWAHIRI TR", "address: ADING CO",
			"party_name: AYMAN MOHAMMED RABIE AL ZAWAHIRI TR ADING CO (joined with the address)",
			"party_name: AYMAN MOHAMMED RABIE AL ZAWAHIRI TRADING CO (joined without blank with the address)",
		}},
		{"escaped document", `<SplmtryData><Envlp>&lt;Doc&gt;&lt;Nm&gt;Osama&lt;/Nm&gt;&lt;/Doc&gt;</Envlp></SplmtryData>`, []string{"party_name: Osama (embedded)"}},
		{"document in CDATA", `<SplmtryData><Envlp><![CDATA[<?xml version="1.0"?><Doc><Cdtr><Nm>Osama</Nm></Cdtr></Doc>]]></Envlp></SplmtryData>`, []string{"party_name: Osama (embedded)"}},
		{"broken escaped document", `<SplmtryData><Envlp>&lt;Doc&gt;Osama</Envlp></SplmtryData>`, []string{"any_text: <Doc>Osama"}},
		{"telegraph codes", `<Dbtr><Nm>2621 3189 1472</Nm></Dbtr>`, []string{"party_name: 2621 3189 1472"}},
		{"Cyrillic", `<Dbtr><Nm>Усама</Nm></Dbtr>`, []string{"party_name: Усама"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			m := messages(t, document(c.in))
			if len(m) != 1 || len(m[0].Transactions) != 1 {
				t.Fatalf("%+v", m)
			}
			if diff := cmp.Diff(c.want, texts(m[0].Transactions[0])); diff != "" {
				t.Error(diff)
			}
			if telegraph := strings.Contains(c.rule, "telegraph"); telegraph != (len(m[0].Warnings) == 1) {
				t.Errorf("warnings %q", m[0].Warnings)
			}
		})
	}
}

// TestParty: the fields of a party share its path, those of its contact have
// another.
func TestParty(t *testing.T) {
	m := messages(t, document(`<Cdtr><Nm>A</Nm><PstlAdr><Ctry>US</Ctry></PstlAdr><Id><PrvtId><DtAndPlcOfBirth><BirthDt>1957-03-10</BirthDt></DtAndPlcOfBirth></PrvtId></Id>`+
		`<CtctDtls><Nm>B</Nm></CtctDtls></Cdtr><RmtInf><Ustrd>C</Ustrd></RmtInf>`))
	const tx = "Document/FIToFICstmrCdtTrf/CdtTrfTxInf/"
	want := map[string]string{"A": tx + "Cdtr", "US": tx + "Cdtr", "1957-03-10": tx + "Cdtr", "B": tx + "Cdtr/CtctDtls", "C": ""}
	got := map[string]string{}
	for _, f := range m[0].Transactions[0].Fields {
		got[f.Text] = f.Party
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTransactions: a text belongs to the transactions of the nearest group
// around it, and to no other.
func TestTransactions(t *testing.T) {
	in := `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>M1</MsgId><InitgPty><Nm>All</Nm></InitgPty></GrpHdr>
<PmtInf><Dbtr><Nm>First</Nm></Dbtr><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">1.50</InstdAmt></Amt><Cdtr><Nm>One</Nm></Cdtr></CdtTrfTxInf>
<CdtTrfTxInf><PmtId><EndToEndId>E2</EndToEndId></PmtId><Cdtr><Nm>Two</Nm></Cdtr></CdtTrfTxInf></PmtInf>
<PmtInf><Dbtr><Nm>Second</Nm></Dbtr><CdtTrfTxInf><Cdtr><Nm>Three</Nm></Cdtr></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>`
	m := messages(t, in)[0]
	var got [][]string
	for _, tx := range m.Transactions {
		var names []string
		for _, f := range tx.Fields {
			if f.Class == payment.PartyName {
				names = append(names, f.Text)
			}
		}
		got = append(got, append([]string{tx.ID}, names...))
	}
	if diff := cmp.Diff([][]string{{"E1", "All", "First", "One"}, {"E2", "All", "First", "Two"}, {"M1", "All", "Second", "Three"}}, got); diff != "" {
		t.Error(diff)
	}
	want := map[string]string{"MsgId": "M1", "EndToEndId": "E1", "amount": "1.50", "currency": "EUR"}
	if diff := cmp.Diff(want, m.Transactions[0].Evidence); diff != "" {
		t.Error(diff)
	}
	last := m.Transactions[2].Fields
	if path := last[len(last)-1].Path; path != "Document/CstmrCdtTrfInitn/PmtInf[2]/CdtTrfTxInf/Cdtr/Nm" {
		t.Error(path)
	}
}

// TestManyMessages: several Documents in one file, in an envelope or one a
// line, and a broken one among them.
func TestManyMessages(t *testing.T) {
	one := document(`<Dbtr><Nm>One</Nm></Dbtr>`)
	two := strings.ReplaceAll(one, "One", "Two")
	for _, c := range []struct {
		rule, in string
		want     string
	}{
		{"one a line", one + "\n" + two + "\n", "One Two"},
		{"with declarations", `<?xml version="1.0"?>` + one + "\n" + `<?xml version="1.0" encoding="UTF-8"?>` + two, "One Two"},
		{"envelope", "<Batch><Msg><AppHdr><Fr><X>a</X></Fr></AppHdr>" + one + "</Msg><Msg>" + two + "</Msg></Batch>", "a+One Two"},
		{"a broken one", one + "\n" + strings.Replace(one, "</Nm>", "</Mn>", 1) + "\n" + two, "One ! Two"},
		{"the first broken", `<Document>&x;</Document>` + "\n" + one, "! One"},
		{"JSON", `{"Document":{"X":{"GrpHdr":{"MsgId":"One"}}}}` + "\n" + `{"Document":{"X":{"GrpHdr":{"MsgId":"Two"}}}}`, "One Two"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var got []string
			for m, err := range payment.Read("in", strings.NewReader(c.in)) {
				if err != nil {
					got = append(got, "!")
					continue
				}
				var names []string
				for _, f := range m.Transactions[0].Fields {
					names = append(names, f.Text)
				}
				got = append(got, strings.Join(names, "+"))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestCharsets: declared charsets and UTF-16 are read.
func TestCharsets(t *testing.T) {
	wide, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="UTF-16BE"?>` + document("<Dbtr><Nm>Усама</Nm></Dbtr>"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ rule, in, want string }{
		{"UTF-16", wide, "party_name: Усама"},
		{"ISO-8859-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + document("<Dbtr><Nm>J\xfcrgen</Nm></Dbtr>"), "party_name: Jürgen"},
		{"windows-1251", "<?xml version=\"1.0\" encoding=\"windows-1251\"?>" + document("<Dbtr><Nm>\xd3\xf1\xe0\xec\xe0</Nm></Dbtr>"), "party_name: Усама"},
		{"UTF-8 mark", "\ufeff" + document("<Dbtr><Nm>Усама</Nm></Dbtr>"), "party_name: Усама"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := texts(messages(t, c.in)[0].Transactions[0]); !slices.Equal(got, []string{c.want}) {
				t.Errorf("%q", got)
			}
		})
	}
}

// TestOffsets: a field whose text stands unchanged in the input stands at its
// offset.
func TestOffsets(t *testing.T) {
	for _, path := range sampleFiles(t) {
		in := string(readFile(t, path))
		for m, err := range payment.Read(path, strings.NewReader(in)) {
			if err != nil {
				t.Fatal(err)
			}
			for _, tx := range m.Transactions {
				for _, f := range tx.Fields {
					if f.Variant != "" || !strings.Contains(in, f.Text) {
						continue
					}
					if at := in[f.Offset:]; !strings.HasPrefix(at, f.Text) && !strings.HasPrefix(at, "<![CDATA[") {
						t.Errorf("%s: %q is not at %d", path, f.Text, f.Offset)
					}
				}
			}
		}
	}
}

// TestNothingIsLost: whatever the tree, every text with a letter is in some
// field of every message that it belongs to.
func TestNothingIsLost(t *testing.T) {
	names := []string{"GrpHdr", "CdtTrfTxInf", "TxDtls", "Ntry", "Dbtr", "Nm", "PstlAdr", "AdrLine", "Cd", "Ustrd", "Envlp", "Document", "X", "TwnNm", "BirthDt"}
	rapid.Check(t, func(t *rapid.T) {
		var want []string
		var write func(depth int) string
		write = func(depth int) string {
			name := rapid.SampledFrom(names).Draw(t, "name")
			if depth > 5 || rapid.IntRange(0, 2).Draw(t, "leaf") == 0 {
				text := fmt.Sprintf("text%d", len(want))
				want = append(want, text)
				return "<" + name + ">" + text + "</" + name + ">"
			}
			var b strings.Builder
			for range rapid.IntRange(1, 4).Draw(t, "children") {
				b.WriteString(write(depth + 1))
			}
			return "<" + name + ">" + b.String() + "</" + name + ">"
		}
		in := "<Document " + namespace + ">" + write(0) + write(0) + "</Document>"
		seen := map[string]bool{}
		for m, err := range payment.Read("in", strings.NewReader(in)) {
			if err != nil {
				t.Fatal(err)
			}
			for _, tx := range m.Transactions {
				for _, f := range tx.Fields {
					seen[f.Text] = true
				}
			}
		}
		for _, text := range want {
			if !seen[text] {
				t.Fatalf("%s is lost from %s", text, in)
			}
		}
	})
}

// TestManyErrors: each broken message names its own line, and those between
// are read.
func TestManyErrors(t *testing.T) {
	good := document(`<Dbtr><Nm>One</Nm></Dbtr>`)
	bad := strings.Replace(good, "</Nm>", "", 1)
	var got []string
	for m, err := range payment.Read("in", strings.NewReader(strings.Join([]string{bad, good, bad, bad, good}, "\n"))) {
		if err != nil {
			place, _, _ := strings.Cut(err.Error(), ": byte")
			got = append(got, place)
			continue
		}
		got = append(got, m.Kind)
	}
	if diff := cmp.Diff([]string{"in:1", "pacs.008.001.08", "in:3", "in:4", "pacs.008.001.08"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestSharedFieldsAreBounded: groups and transactions that multiply without
// end are refused, not built.
func TestSharedFieldsAreBounded(t *testing.T) {
	in := "<Document " + namespace + "><X><GrpHdr>" + strings.Repeat("<A>a</A>", 20_000) + "</GrpHdr>" + strings.Repeat("<TxInf><B>b</B></TxInf>", 20_000) + "</X></Document>"
	for m, err := range payment.Read("in", strings.NewReader(in)) {
		if err == nil || !strings.Contains(err.Error(), "10 million") || !strings.Contains(fault.Hints(err), "Split") {
			t.Errorf("%d transactions, %v", len(m.Transactions), err)
		}
	}
}
