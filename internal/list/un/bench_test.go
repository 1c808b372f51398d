package un_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"interdict/internal/list"
	"interdict/internal/list/listtest"
)

func BenchmarkRead(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join(listtest.Data(b, "lists", "un"), "consolidated", "un-consolidated-2025-04-19.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		for range read([]list.File{{Name: "un.xml", Body: bytes.NewReader(raw)}}, &list.Report{}) {
		}
	}
}
