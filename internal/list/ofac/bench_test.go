package ofac_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
)

func benchmark(b *testing.B, read list.Read, dir string, names ...string) {
	raw := map[string][]byte{}
	total := 0
	for _, n := range names {
		text, err := os.ReadFile(filepath.Join(listtest.Data(b, "lists", "ofac", dir), n))
		if err != nil {
			b.Fatal(err)
		}
		raw[n], total = text, total+len(text)
	}
	b.SetBytes(int64(total))
	for b.Loop() {
		var files []list.File
		for _, n := range names {
			files = append(files, list.File{Name: n, Body: bytes.NewReader(raw[n])})
		}
		for range read(files, &list.Report{}) {
		}
	}
}

func BenchmarkTables(b *testing.B) {
	benchmark(b, tables, "sdn-2018-12", "sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")
}

func BenchmarkLegacy(b *testing.B) { benchmark(b, legacy, "non-sdn-2018-04", "consolidated.xml") }
