package ofac_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
)

func TestTableFaults(t *testing.T) {
	good := `1,"A",-0- ,"X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ` + "\n"
	for _, c := range []struct {
		rule    string
		files   map[string]string
		records int
		errs    []string
	}{
		{"other name without an entry", map[string]string{"sdn.csv": good, "alt.csv": "2,9,\"aka\",\"B\",-0- \n"}, 1, []string{`alt.csv:1: row 1: ent_num "2" is in no main table`}},
		{"address without an entry", map[string]string{"sdn.csv": good, "add.csv": "1,9,\"s\",\"c\",\"Cuba\",-0- \n3,9,\"s\",\"c\",\"Cuba\",-0- \n"}, 1, []string{`add.csv:2: row 2: ent_num "3" is in no main table`}},
		{"too few columns", map[string]string{"sdn.csv": "2,\"B\"\n" + good}, 1, []string{"sdn.csv:1: row 1: the table of main has 12 columns, the row has 2"}},
		{"a quote too many costs its row only", map[string]string{"sdn.csv": strings.Replace(good, `"A"`, `"A`, 1) + strings.Replace(good, "1", "2", 1)}, 1, []string{"sdn.csv:1: row 1"}},
		{"no number", map[string]string{"sdn.csv": strings.Replace(good, "1", "x", 1)}, 0, []string{`ent_num "x" is not a number`}},
		{"no name", map[string]string{"sdn.csv": strings.Replace(good, `"A"`, "-0- ", 1)}, 0, []string{"the entry has no name"}},
		{"no main table", map[string]string{"alt.csv": "2,9,\"aka\",\"B\",-0- \n"}, 0, []string{"no main table"}},
		{"foreign file", map[string]string{"sdn.csv": good, "readme.txt": "hello\n"}, 1, []string{"not a table of OFAC"}},
	} {
		var files []list.File
		for name, text := range c.files {
			files = append(files, list.File{Name: name, Body: strings.NewReader(text)})
		}
		records, errs, _ := listtest.Read(t, tables, files)
		if len(records) != c.records || len(errs) != len(c.errs) {
			t.Errorf("%s: %d records, errors %v", c.rule, len(records), errs)
			continue
		}
		for i, want := range c.errs {
			if !strings.Contains(errs[i].Error(), want) {
				t.Errorf("%s: %v, want %s", c.rule, errs[i], want)
			}
		}
	}
}

func TestTableShapes(t *testing.T) {
	long := strings.Repeat("x", 990) + "; Linked"
	for _, c := range []struct {
		rule string
		main string
		side string
		want string
	}{
		{"overflow goes on mid-word", `1,"A",-0- ,"X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"` + long + `"`, `1," To: B."`, "linked to B"},
		{"a row over two lines", "1,\"A\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Linked To:\nB.\"", "", "linked to B"},
		{"Windows-1252", "1,\"A\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Linked To: CAF\xc9.\"", "", "linked to CAFÉ"},
		{"byte order mark, CR only", "\ufeff1,\"A\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Linked To: B.\"\r\x1a\r", "", "linked to B"},
		{"pipes", `1|"A"|-0- |"X"|-0- |-0- |-0- |-0- |-0- |-0- |-0- |"Linked To: B."`, "", "linked to B"},
		{"at signs", `1@"A"@-0- @"X"@-0- @-0- @-0- @-0- @-0- @-0- @-0- @"Linked To: B."`, "", "linked to B"},
	} {
		files := listtest.Text("sdn.csv", c.main)
		if c.side != "" {
			files = append(files, listtest.Text("sdn_comments.csv", c.side)...)
		}
		records, errs, _ := listtest.Read(t, tables, files)
		if len(errs) > 0 || len(records) != 1 || facts(records[0]) != c.want {
			t.Errorf("%s: %v, %v", c.rule, records, errs)
		}
	}
}

// Whatever the names: the same rows as commas, pipes, @ and fixed columns read
// alike, each row once.
func TestTablesReadAlikeInEveryForm(t *testing.T) {
	widths := []int{10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000}
	rapid.Check(t, func(rt *rapid.T) {
		names := rapid.SliceOfN(rapid.StringMatching(`[A-ZÀ-Ö][A-Za-zà-ö'.,|@&-]{0,20}[a-z]( [A-Z][a-z]{1,8}){0,3}`), 1, 8).Draw(rt, "names")
		var comma, pipe, at, fixed strings.Builder
		for i, name := range names {
			cells := []string{strconv.Itoa(i + 1), name, "individual", "X] [Y", "", "", "", "", "", "", "", "DOB 1 Jan 19" + strconv.Itoa(10+i) + "."}
			for d, b := range map[string]*strings.Builder{",": &comma, "|": &pipe, "@": &at} {
				for j, c := range cells {
					switch {
					case j == 0:
						b.WriteString(c)
					case c == "":
						b.WriteString(d + "-0- ")
					default:
						b.WriteString(d + `"` + c + `"`)
					}
				}
				b.WriteString("\r\n")
			}
			for j, c := range cells {
				if c == "" {
					c = "-0- "
				}
				fmt.Fprintf(&fixed, "%-*s", widths[j], c)
			}
			fixed.WriteString("\r\n")
		}
		var first string
		for _, form := range []struct {
			file string
			text *strings.Builder
		}{{"sdn.csv", &comma}, {"sdn.pip", &pipe}, {"sdn.del", &at}, {"sdn.ff", &fixed}} {
			records, errs, _ := listtest.Read(t, tables, listtest.Text(form.file, form.text.String()+"\x1a"))
			if len(errs) > 0 || len(records) != len(names) {
				rt.Fatalf("%s: %d names, %d records, %v", form.file, len(names), len(records), errs)
			}
			for i := range records {
				if records[i].Names[0].Full != names[i] {
					rt.Fatalf("%s: %q became %q", form.file, names[i], records[i].Names[0].Full)
				}
				records[i].File = ""
			}
			got := listtest.Dump(t, records)
			if first == "" {
				first = got
			}
			if got != first {
				rt.Fatalf("%s reads otherwise than sdn.csv:\n%s\n%s", form.file, first, got)
			}
		}
	})
}
