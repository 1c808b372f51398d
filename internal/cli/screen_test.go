package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/cli"
)

// TestLinesOfStandardInput: one answer a line, whatever the line.
func TestLinesOfStandardInput(t *testing.T) {
	long := strings.Repeat("very ", 40_000) + "long"
	for _, c := range []struct {
		rule, in string
		want     []string // query and status
		code     int
	}{
		{"nothing", "", nil, 0},
		{"line ends of Windows", "Marta Lindqvist\r\n\r\nIslamic State\r\n", []string{"Marta Lindqvist none", " not_screened", "Islamic State hits"}, 1},
		{"no line end at the end", "Marta Lindqvist\nJonas Whitfield", []string{"Marta Lindqvist none", "Jonas Whitfield none"}, 0},
		{"a byte order mark", "\ufeffMarta Lindqvist\n", []string{"Marta Lindqvist none"}, 0},
		{"blank lines", "\n\n", []string{" not_screened", " not_screened"}, 2},
		{"a line that is too long", "Marta Lindqvist\n" + long + "\nJonas Whitfield\n", []string{"Marta Lindqvist none", long[:200] + " not_screened", "Jonas Whitfield none"}, 2},
		{"a listed name at the head of a line that is too long", "Islamic State" + strings.Repeat(" ", 200_000), []string{"Islamic State" + strings.Repeat(" ", 187) + " hits"}, 1},
		{"65 words", strings.Repeat("word ", 65), []string{strings.Repeat("word ", 65) + " not_screened"}, 2},
		{"not UTF-8", "Jos\xe9 Silva\n", []string{"Jos\ufffd Silva not_screened"}, 2},
	} {
		t.Run(c.rule, func(t *testing.T) {
			t.Chdir(t.TempDir())
			var stdout, stderr bytes.Buffer
			code := cli.Run(t.Context(), []string{"screen", "name", "-", "--json"}, strings.NewReader(c.in), &stdout, &stderr)
			var got []string
			for line := range strings.Lines(stdout.String()) {
				var a struct{ Query, Status, Reason string }
				if err := json.Unmarshal([]byte(line), &a); err != nil {
					t.Fatal(err)
				}
				if a.Status == "not_screened" && a.Reason == "" {
					t.Errorf("%q: not screened for no reason", a.Query)
				}
				got = append(got, a.Query+" "+a.Status)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || code != c.code {
				t.Errorf("exit code %d, want %d: %s\n%s", code, c.code, stderr.String(), diff)
			}
		})
	}
}

// masked are the parts of an answer that differ between versions and moments.
var masked = regexp.MustCompile(`register [0-9a-f]{16}, profile p[0-9a-f]{12}, [0-9TZ:-]{20}`)

// TestWhatPeopleRead compares the output for people with files that a person
// has read. The names are spelt as listed, so that no score moves them.
func TestWhatPeopleRead(t *testing.T) {
	golden, err := filepath.Abs("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"list.csv":   "id,name,aliases,birth_date,passport\n1,Bartholomew Quindlesby,Old Quin,1957-03-10,Q7654321\n2,Cornelius Vandermolen,,1963,\n",
		"letter.txt": "We met Bartholomew Quindlesby at the fair.\n\nA letter of Cornelius Vandermolen\nlay on the desk with passport Q-7654321.",
		"pay.xml": `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><CdtTrfTxInf>` +
			`<Dbtr><Nm>Bartholomew Quindlesby</Nm></Dbtr><Cdtr><Nm>Marta Lindqvist</Nm><PstlAdr><AdrLine>c/o Cornelius Vandermolen</AdrLine>` +
			`<AdrLine>Uppsala</AdrLine></PstlAdr></Cdtr></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`,
		"western.csv": "name;dob\nJ\xfcrgen Gro\xdf;1957\nBartholomew Quindlesby;1957\n;\n",
	}
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, errs, code := answer(t, t.Context(), "register", "load", "csv", "list.csv"); code != 0 {
		t.Fatal(errs)
	}
	for _, c := range []struct{ name, line string }{
		{"name", `screen name "Bartholomew Quindlesby" "Marta Lindqvist" ""`},
		{"name-explain", `screen name "Bartholomew Quindlesby" --born 1957-10-03 --id "Q 7654321" --explain`},
		{"name-starter", `screen name "Islamic State" --data none`},
		{"document", `screen document letter.txt`},
		{"payment", `screen payment pay.xml`},
		{"book", `screen book western.csv --at 2026-01-01T00:00:00Z`},
	} {
		t.Run(c.name, func(t *testing.T) {
			args, err := words(c.line)
			if err != nil {
				t.Fatal(err)
			}
			out, errs, _ := answer(t, t.Context(), args...)
			text := "$ interdict " + c.line + "\n" + out
			if errs != "" {
				text += "--- standard error\n" + errs
			}
			text = masked.ReplaceAllString(text, "register REGISTER, profile PROFILE, TIME")
			text = regexp.MustCompile(`\b[0-9a-f]{16}\b`).ReplaceAllString(text, "REGISTER")
			text = regexp.MustCompile(`\bp[0-9a-f]{12}\b`).ReplaceAllString(text, "PROFILE")
			file := filepath.Join(golden, "screen-"+c.name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), text); diff != "" {
				t.Errorf("read it, then: go test ./internal/cli -run WhatPeopleRead -update\n(-file +said):\n%s", diff)
			}
		})
	}
}
