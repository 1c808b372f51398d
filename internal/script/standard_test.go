package script_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interdict/internal/script"
)

const names = "../../../shared/data/names"

// dataFile reads a file of the shared data or skips loudly.
func dataFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(names, path))
	if err != nil {
		t.Skipf("SKIPPED: test data missing: %s: %v", filepath.Join(names, path), err)
	}
	return b
}

// Every published standard must spell its own published samples.
func TestStandardsSpellTheirSamples(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(names, "romanisation", "*.json"))
	if len(files) == 0 {
		t.Skipf("SKIPPED: test data missing: %s/romanisation", names)
	}
	if len(files) != 28 {
		t.Errorf("%d standards, want 28", len(files))
	}
	for _, f := range files {
		var schema struct {
			Name    string
			Samples [][2]string
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &schema); err != nil {
			t.Fatal(err)
		}
		t.Run(schema.Name, func(t *testing.T) {
			for _, s := range schema.Samples {
				got, err := script.RomaniseBy(schema.Name, s[0])
				if err != nil || got != s[1] {
					t.Errorf("%s = %s, %v; want %s", s[0], got, err, s[1])
				}
			}
		})
	}
}

func TestRomaniseByUnknownStandard(t *testing.T) {
	if _, err := script.RomaniseBy("klingon", "имя"); err == nil || !strings.Contains(err.Error(), "klingon") {
		t.Errorf("error %v does not name the unknown standard", err)
	}
}
