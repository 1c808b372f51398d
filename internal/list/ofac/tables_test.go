package ofac_test

import (
	"strings"
	"testing"

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
