package query_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The generated code holds every query word for word, so that a query changed
// without sqlc is found here.
func TestGeneratedCodeIsFresh(t *testing.T) {
	files, err := filepath.Glob("sql/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries found: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code, err := os.ReadFile(filepath.Base(file) + ".go")
		if err != nil {
			t.Fatal(err)
		}
		blocks := strings.Split(string(text), "-- name: ")[1:]
		for _, b := range blocks {
			want := "`-- name: " + strings.TrimSuffix(strings.TrimSpace(b), ";") + "\n`"
			if !strings.Contains(string(code), want) {
				t.Errorf("%s: run sqlc (see sqlc.yaml); its output lacks\n%s", file, want)
			}
		}
		if got := strings.Count(string(code), "`-- name: "); got != len(blocks) {
			t.Errorf("%s: %d queries generated from %d", file, got, len(blocks))
		}
	}
}
