package register_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"time"

	"interdict/internal/list"
	"interdict/internal/list/un"
	"interdict/internal/register"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// shared returns the folder of real test data, or skips loudly.
func shared(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: the folder of real data %s is absent", dir)
	}
	return dir
}

func readFiles(t testing.TB, source list.Source, paths ...string) register.Edition {
	t.Helper()
	var in []register.Input
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, register.Input{Name: filepath.Base(p), Bytes: b})
	}
	e, err := register.Read(source, "", in)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// editions of the UN that were read already; editions are never changed.
var editionsUN = map[string]register.Edition{}

func readUN(t testing.TB, name string) register.Edition {
	t.Helper()
	if e, ok := editionsUN[name]; ok {
		return e
	}
	e := readFiles(t, un.Source, filepath.Join(shared(t), "lists", "un", name))
	editionsUN[name] = e
	return e
}

func readCSV(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[h] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func take(t testing.TB, s register.State, prev *register.Edition, e register.Edition) (register.State, register.Changes) {
	t.Helper()
	next, c, err := s.Take(prev, e, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	return next, c
}
