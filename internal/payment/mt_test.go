package payment_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/payment"
)

// mt wraps the fields of block 4 in an MT103 between two Belgian banks.
func mt(fields string) string {
	return "{1:F01BANKBEBBAXXX2222123456}{2:I103BANKDEFFXXXXN}{3:{108:REF}{121:8a562c67-ca16-48ba-b074-65581be6f011}}{4:\r\n" +
		strings.ReplaceAll(fields, "\n", "\r\n") + "\r\n-}{5:{MAC:00000000}{CHK:24857F4599E7}}"
}

// TestMT checks the fields one by one; those of the header are cut off.
func TestMT(t *testing.T) {
	for _, c := range []struct {
		rule, in string
		want     []string
	}{
		{"codes and amounts are left out", ":23B:CRED\n:32A:251103USD1234,5\n:33B:EUR1,\n:71A:SHA\n:71F:USD1,5\n:13C:/CLSTIME/0915+0100", nil},
		{"what is no code is screened", ":23B:OSAMA\n:71A:BIN LADEN\n:32A:251103XXY1,", []string{"any_text: OSAMA", "any_text: BIN LADEN", "any_text: 251103XXY1,"}},
		{"50A and 59A", ":50A:/123456\nBANKBEBB\n:59A:/DE89370400440532013000\nBANKDEFFXXX", []string{
			"identifier: 123456", "identifier: BANKBEBB", "identifier: DE89370400440532013000", "identifier: BANKDEFFXXX",
		}},
		{"50K, a name cut in a word", ":50K:/123\nMOHAMMED RABIE AL ZAWA\nHIRI\nCAIRO", []string{
			"identifier: 123", "party_name: MOHAMMED RABIE AL ZAWA", "party_name: MOHAMMED RABIE AL ZAWA HIRI (joined)",
			"party_name: MOHAMMED RABIE AL ZAWAHIRI (joined without blank)", "address: HIRI", "address: CAIRO",
			"address: MOHAMMED RABIE AL ZAWA HIRI CAIRO (joined)", "address: MOHAMMED RABIE AL ZAWAHIRICAIRO (joined without blank)",
			"address: MOHAMMED RABIE AL ZAWAHIRI CAIRO (joined at full lines)", "address: HIRI CAIRO (joined)", "address: HIRICAIRO (joined without blank)",
		}},
		{"50F", ":50F:NIDN/SY/123\n1/JOHN S\n1/MITH\n3/SY/DAMASCUS\n4/19570310\n5/US/NEW YORK\n6/DE/ABC BANK/77\n7/FR/12\n8/MORE", []string{
			"identifier: 123", "any_text: NIDN/SY/123", "party_name: JOHN S", "party_name: MITH", "party_name: JOHN S MITH (joined)",
			"party_name: JOHN SMITH (joined without blank)", "country: SY", "place: DAMASCUS", "birth_date: 1957-03-10", "country: US", "place: NEW YORK",
			"identifier: 77", "any_text: DE/ABC BANK/77", "identifier: 12", "any_text: FR/12", "free_text: MORE",
		}},
		{"50F, a line without number", ":50F:/123\n1/JOHN\nSMITH", []string{
			"identifier: 123", "any_text: SMITH", "party_name: JOHN", "any_text: /123 1/JOHN SMITH (joined)", "any_text: /1231/JOHNSMITH (joined without blank)",
			"any_text: /123 1/JOHNSMITH (joined at full lines)",
		}},
		{"banks by name, place, account", ":52D:/C/77\nEVIL BANK\n:53B:/1\nTEHRAN\n:57C://FW021000089", []string{
			"identifier: 77", "bank_name: EVIL BANK", "identifier: 1", "place: TEHRAN", "identifier: FW021000089",
		}},
		{"remittance", ":70:FOR MOHAM\nMED", []string{
			"free_text: FOR MOHAM", "free_text: MED", "free_text: FOR MOHAM MED (joined)", "free_text: FOR MOHAMMED (joined without blank)",
		}},
		{"continued bank to bank text", ":72:/INS/OSAMA BIN\n//LADEN", []string{
			"free_text: /INS/OSAMA BIN", "free_text: LADEN", "free_text: /INS/OSAMA BIN LADEN (joined)", "free_text: /INS/OSAMA BINLADEN (joined without blank)",
		}},
		{"an unknown field", ":99Z:OSAMA", []string{"any_text: OSAMA"}},
		{"text before the first field", "OSAMA\n:20:X1234", []string{"any_text: OSAMA", "reference: X1234"}},
		{"Cyrillic marked by the reference", ":20:+1\n:59:/1\nALXFA-BANK", []string{"identifier: 1", "party_name: ALXFA-BANK", "party_name: АЛЬФА-БАНК (RUR6)"}},
		{"Cyrillic by its small letters", ":59:cAiKOVSKIi", []string{"party_name: cAiKOVSKIi", "party_name: ЧАЙКОВСКИЙ (RUR6)"}},
		{"telegraph codes", ":59:2621 3189", []string{"party_name: 2621 3189"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			m := messages(t, mt(c.in))
			if len(m) != 1 || m[0].Kind != "MT103" || m[0].Evidence["UETR"] == "" {
				t.Fatalf("%+v", m)
			}
			got := texts(m[0].Transactions[0])
			head := []string{"identifier: BANKBEBBXXX", "identifier: BANKDEFFXXX", "any_text: REF"}
			if len(got) < 3 || !slices.Equal(got[:3], head) {
				t.Fatalf("header: %q", got)
			}
			if diff := cmp.Diff(append(head, c.want...), got); diff != "" {
				t.Error(diff)
			}
			if telegraph := strings.Contains(c.rule, "telegraph"); telegraph != (len(m[0].Warnings) == 1) {
				t.Errorf("warnings %q", m[0].Warnings)
			}
		})
	}
}

func TestMTEvidence(t *testing.T) {
	m := messages(t, mt(":20:REF1\n:21:REL1\n:32A:251103USD1234,50"))[0]
	want := map[string]string{
		"20": "REF1", "21": "REL1", "MUR": "REF", "UETR": "8a562c67-ca16-48ba-b074-65581be6f011", "amount": "1234.50", "currency": "USD",
		"date": "2025-11-03", "sender": "BANKBEBBXXX", "receiver": "BANKDEFFXXX",
	}
	if diff := cmp.Diff(want, m.Evidence); diff != "" || m.Transactions[0].ID != want["UETR"] {
		t.Error(diff, m.Transactions[0].ID)
	}
}

// TestMTFiles: several messages with what stands between them, output
// messages, covers, bare text blocks, batches.
func TestMTFiles(t *testing.T) {
	one := mt(":20:ONE")
	for _, c := range []struct {
		rule, in string
		want     []string
	}{
		{"after one another", one + one, []string{"MT103 1", "MT103 1"}},
		{"RJE", one + "$" + one + "\r\n$", []string{"MT103 1", "MT103 1"}},
		{"DOS PCC", "\x01" + one + "\x03     \x01" + one + "\x03", []string{"MT103 1", "MT103 1"}},
		{"stray text is an error", one + "\nOSAMA\n" + one, []string{"MT103 1", "!", "MT103 1"}},
		{"a broken one", "{1:F01BANKBEBBAXXX2222123456}{4:\r\n:20:X\r\n" + one, []string{"!", "MT103 1"}},
		{"cover", strings.Replace(strings.Replace(one, "I103", "I202", 1), "{108:REF}", "{119:COV}", 1), []string{"MT202COV 1"}},
		{"output", "{1:F01BANKBEBBAXXX2222123456}{2:O1031200251103BANKDEFFAXXX22221234562511031200N}{4:\n:20:X\n-}", []string{"MT103 1"}},
		{"text block alone", ":20:ONE\n:59:JOHN SMITH\n-", []string{"MT 1"}},
		{"acknowledgement", "{1:F21BANKBEBBAXXX2222123456}{4:{177:2511031200}{451:0}}" + one, []string{"MTF21 1", "MT103 1"}},
		{"batch", strings.Replace(mt(":20:A\n:50K:JOHN\n:21:T1\n:59:ANN\n:21:T2\n:59:BOB"), "I103", "I101", 1), []string{"MT101 2"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var got []string
			for m, err := range payment.Read("in", strings.NewReader(c.in)) {
				if err != nil {
					if fault.KindOf(err) != fault.Invalid {
						t.Error(err)
					}
					got = append(got, "!")
					continue
				}
				got = append(got, fmt.Sprintf("%s %d", m.Kind, len(m.Transactions)))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestMTBatch: the payer of a batch is in each of its transactions, the payees
// are not.
func TestMTBatch(t *testing.T) {
	m := messages(t, strings.Replace(mt(":20:A\n:50K:JOHN\n:21:T1\n:59:ANN\n:21:T2\n:59:BOB"), "I103", "I101", 1))[0]
	for i, want := range [][]string{{"JOHN", "ANN"}, {"JOHN", "BOB"}} {
		var got []string
		for _, f := range m.Transactions[i].Fields {
			if f.Class == payment.PartyName {
				got = append(got, f.Text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("transaction %d: %q", i, got)
		}
	}
}

// TestMTNothingIsLost: each word of each line of any field is in some field.
func TestMTNothingIsLost(t *testing.T) {
	tags := []string{"20", "21", "23B", "32A", "50A", "50F", "50K", "50", "52A", "52D", "53B", "57C", "59", "59F", "59A", "70", "72", "77B", "77T", "99X", "13C"}
	rapid.Check(t, func(t *rapid.T) {
		var want []string
		var in strings.Builder
		for range rapid.IntRange(1, 8).Draw(t, "fields") {
			in.WriteString(":" + rapid.SampledFrom(tags).Draw(t, "tag") + ":")
			for range rapid.IntRange(1, 4).Draw(t, "lines") {
				word := fmt.Sprintf("WORD%dQ", len(want))
				want = append(want, word)
				in.WriteString(rapid.SampledFrom([]string{"", "/", "//", "1/", "3/SY/", "8/", "/INS/", "X "}).Draw(t, "prefix") + word + "\n")
			}
		}
		for m, err := range payment.Read("in", strings.NewReader(mt(strings.TrimRight(in.String(), "\n")))) {
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(texts(m.Transactions[0]), "\n")
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Fatalf("%s is lost from %s", w, in.String())
				}
			}
		}
	})
}

// TestRUR6RoundTrip: Cyrillic capitals come back.
func TestRUR6RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringMatching(`[А-ЯЁ ]{0,30}`).Draw(t, "text")
		if got := payment.FromRUR6(payment.ToRUR6(want)); got != want {
			t.Fatalf("%q came back as %q", want, got)
		}
	})
	if got := payment.FromRUR6("OPLATA '(VO10080)' USLUG"); got != "ОПЛАТА (VO10080) УСЛУГ" {
		t.Error(got)
	}
}

// FuzzRead: each input gives messages with transactions or errors with a kind;
// an input with letters is never passed over; offsets lie within the input.
func FuzzRead(f *testing.F) {
	f.Add([]byte(document("<Dbtr><Nm>A</Nm><PstlAdr><AdrLine>x</AdrLine><AdrLine>y</AdrLine></PstlAdr></Dbtr>")))
	f.Add([]byte(mt(":50F:/1\n1/JOHN\n4/19570310\n:70:X\n//Y")))
	f.Add([]byte(`{"Document":{"X":{"GrpHdr":{"MsgId":"One"}}}}`))
	f.Add([]byte("<Document><![CDATA[<a>x</a>]]></Document>"))
	f.Fuzz(func(t *testing.T, in []byte) {
		yields := 0
		for m, err := range payment.Read("in", bytes.NewReader(in)) {
			yields++
			if err != nil {
				if fault.KindOf(err) != fault.Invalid {
					t.Fatalf("kind %s: %v", fault.KindOf(err), err)
				}
				continue
			}
			if len(m.Transactions) == 0 || m.Kind == "" {
				t.Fatalf("an empty message: %+v", m)
			}
			for _, tx := range m.Transactions {
				for _, f := range tx.Fields {
					if f.Text == "" || f.Path == "" || f.Offset < 0 || f.Offset > int64(3*len(in)) {
						t.Fatalf("a strange field: %+v", f)
					}
				}
			}
		}
		if yields == 0 && bytes.ContainsFunc(in, unicode.IsLetter) {
			t.Fatal("letters, but neither a message nor an error")
		}
	})
}
