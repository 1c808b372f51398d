package index_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"interdict/internal/index"
	"interdict/internal/list"
	"interdict/internal/list/ca"
	"interdict/internal/list/ofac"
	"interdict/internal/list/uk"
	"interdict/internal/list/un"
	"interdict/internal/mutate"
	"interdict/internal/name"
)

const dataDir = "../../../shared/data"

// needData skips, naming the folder, where the real data are absent.
func needData(tb testing.TB) {
	tb.Helper()
	if _, err := os.Stat(dataDir); err != nil {
		abs, _ := filepath.Abs(dataDir)
		tb.Skipf("SKIPPED: the real data are not here; expected folder %s", abs)
	}
}

func dataFile(tb testing.TB, path string) []byte {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join(dataDir, path))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// realSubjects are the lists of the UN, the United Kingdom, the United States,
// Canada and the acts of the EU: about 120,000 names.
func realSubjects(tb testing.TB) []index.Subject {
	tb.Helper()
	needData(tb)
	out := listed(tb, un.Source, "xml", "lists/un/consolidated/un-consolidated-2025-04-19.xml")
	out = append(out, listed(tb, uk.Source, "conlist", "lists/uk/hmt-conlist-2018-04-13.csv")...)
	out = append(out, listed(tb, ofac.Source, "tables", "lists/ofac/sdn-2018-12/sdn.csv", "lists/ofac/sdn-2018-12/alt.csv")...)
	out = append(out, listed(tb, ca.Source, "xml", "lists/ca/sema-consolidated-2025.xml")...)
	acts, err := filepath.Glob(filepath.Join(dataDir, "lists/eu/*/*.csv"))
	if err != nil {
		tb.Fatal(err)
	}
	for _, path := range acts {
		out = append(out, act(tb, path)...)
	}
	return out
}

func listed(tb testing.TB, src list.Source, format string, paths ...string) []index.Subject {
	tb.Helper()
	var files []list.File
	for _, p := range paths {
		files = append(files, list.File{Name: filepath.Base(p), Body: bytes.NewReader(dataFile(tb, p))})
	}
	var out []index.Subject
	for _, f := range src.Formats {
		if f.Name != format {
			continue
		}
		for r, err := range f.Read(files, &list.Report{}) {
			if err != nil {
				continue // the reader's own tests count its errors
			}
			s := index.Subject{ID: fmt.Sprintf("%s-%06d", src.ID, len(out)), Kinds: []name.Kind{name.AsOrganisation}}
			if r.Kind == "person" {
				s.Kinds[0] = name.AsPerson
			}
			for _, n := range r.Names {
				s.Names = append(s.Names, n.Full)
			}
			out = append(out, s)
		}
	}
	return out
}

// act reads the names of an act of the EU out of its table.
func act(tb testing.TB, path string) []index.Subject {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || len(rows) == 0 {
		tb.Fatalf("%s: %d rows, %v", path, len(rows), err)
	}
	column := map[string]int{}
	for i, c := range rows[0] {
		column[c] = i
	}
	var out []index.Subject
	for _, row := range rows[1:] {
		s := index.Subject{ID: fmt.Sprintf("%s-%06d", filepath.Base(path), len(out)), Kinds: []name.Kind{name.AsOrganisation}}
		if row[column["schema"]] == "Person" {
			s.Kinds[0] = name.AsPerson
		}
		for _, c := range []string{"name", "alias", "weakAlias", "previousName"} {
			for n := range strings.SplitSeq(row[column[c]], ";") {
				if n = strings.TrimSpace(n); n != "" {
					s.Names = append(s.Names, n)
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// inventedSubjects are 24,000 subjects of five names each, of every culture;
// half of the names are changed, for lists spell a name in many ways.
func inventedSubjects(testing.TB) []index.Subject {
	const each = 5
	mutations := mutate.All()
	var out []index.Subject
	for i, n := range mutate.Invent(1, 120_000) {
		k := name.AsPerson
		if n.Organisation {
			k = name.AsOrganisation
		}
		if i%each == 0 {
			out = append(out, index.Subject{ID: fmt.Sprintf("i-%06d", len(out))})
		}
		s := &out[len(out)-1]
		text := n.Name
		if i%2 == 1 {
			if changed, ok := mutations[i/2%len(mutations)].Apply(uint64(i), text); ok {
				text = changed
			}
		}
		s.Names = append(s.Names, text)
		if len(s.Kinds) == 0 || len(s.Kinds) == 1 && s.Kinds[0] != k && i%7 == 0 {
			s.Kinds = append(s.Kinds, k)
		}
	}
	return out
}

// registers are what benchmarks search: real and invented.
var registers = []struct {
	name     string
	subjects func(testing.TB) []index.Subject
}{{"real", realSubjects}, {"invented", inventedSubjects}}

// queries are half mutated listed names, half names of nobody: far more hits
// than in a book of customers.
func queries(subjects []index.Subject, n int) []index.Probe {
	mutations := mutate.All()
	nobody := mutate.Invent(2, n)
	var out []index.Probe
	for i := range n {
		text := nobody[i].Name
		if i%2 == 0 {
			names := subjects[(i*7919)%len(subjects)].Names
			if len(names) == 0 {
				continue
			}
			text = names[i%len(names)]
			if changed, ok := mutations[(i/2)%len(mutations)].Apply(uint64(i), text); ok {
				text = changed
			}
		}
		if p, err := index.NewProbe(text); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// prose is neutral English text with the names of nobody now and then.
func prose(size int) string { return mutate.English.Prose(7, size) }

// narratives are the summaries of reasons for listing: dense with names.
func narratives(tb testing.TB) string {
	var b strings.Builder
	for line := range bytes.Lines(dataFile(tb, "documents/un-narratives-2015-even.jsonl")) {
		var row struct{ Text string }
		if err := json.Unmarshal(line, &row); err != nil {
			tb.Fatal(err)
		}
		b.WriteString(row.Text)
		b.WriteString("\n\n")
	}
	return b.String()
}

// russianNews are the texts of the development set of factRuEval.
func russianNews(tb testing.TB) string {
	z, err := gzip.NewReader(bytes.NewReader(dataFile(tb, "documents/factrueval-2016-devset.tar.gz")))
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			tb.Fatal(err)
		}
		if strings.HasSuffix(h.Name, ".txt") {
			if _, err := io.Copy(&b, r); err != nil {
				tb.Fatal(err)
			}
			b.WriteString("\n\n")
		}
	}
}

// built keeps the indexes of the registers: building is measured apart.
var built sync.Map

func indexOf(tb testing.TB, register int) (*index.Index, []index.Subject) {
	type entry struct {
		ix       *index.Index
		subjects []index.Subject
	}
	if e, ok := built.Load(register); ok {
		return e.(entry).ix, e.(entry).subjects
	}
	subjects := registers[register].subjects(tb)
	e := entry{index.New(build(tb, subjects)), subjects}
	built.Store(register, e)
	return e.ix, e.subjects
}
