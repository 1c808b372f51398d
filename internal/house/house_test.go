package house_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

func complain(t *testing.T, faults []string, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

func TestImportsDescendAndPureRoomsStayPure(t *testing.T) {
	faults, err := floorFaults(root, "interdict")
	complain(t, faults, err)
}

func TestRoomsHaveDocsNamesAndModestFiles(t *testing.T) {
	faults, err := codeFaults(root)
	complain(t, faults, err)
}

func TestDependenciesHaveReasonsAndLicences(t *testing.T) {
	faults, err := moduleFaults(root)
	complain(t, faults, err)
}

func TestLicenceIsApache(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	for _, phrase := range []string{"Apache License", "Version 2.0, January 2004"} {
		if !strings.Contains(string(text), phrase) {
			t.Errorf("LICENSE lacks %q", phrase)
		}
	}
}

// plant writes a small sound house into a temporary folder, then lays the given
// files over it.
func plant(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	doc := func(kind, name string) string {
		return "// " + kind + " " + name + " is planted.\n// It promises nothing.\n// It never does anything.\npackage "
	}
	house := map[string]string{
		"go.mod":                      "module planted\n\ngo 1.26\n\nrequire example.org/dep v1.0.0\n",
		"docs/dependencies.md":        "| `example.org/dep` | MIT | product | it is planted for this test |\n",
		"internal/floors.txt":         "floor low pure\nstone\nlist/*\nnever list/a stone\nfloor high\nroof\ncmd/planted\n",
		"internal/stone/stone.go":     doc("Package", "stone") + "stone\n",
		"internal/list/b/b.go":        doc("Package", "b") + "b\n\nimport _ \"planted/internal/stone\"\n",
		"internal/roof/roof.go":       doc("Package", "roof") + "roof\n\nimport (\n\t_ \"os\"\n\t_ \"example.org/dep/sub\"\n\t_ \"planted/internal/list/b\"\n)\n",
		"cmd/planted/main.go":         doc("Command", "planted") + "main\n\nimport _ \"planted/internal/roof\"\n\nfunc main() {}\n",
		"README.md":                   "# Planted\n\nSee [the reasons](docs/dependencies.md#top) and [far](https://example.org).\n",
		"internal/stone/s_test.go":    "package stone_test\n\nimport _ \"os\"\n",
		"internal/list/listtest/l.go": doc("Package", "listtest") + "listtest\n\nimport _ \"os\"\n",
		"internal/roof/testdata/x.go": "package broken broken\n",
	}
	for name, text := range files {
		house[name] = text
	}
	for name, text := range house {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func allFaults(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	floors, err := floorFaults(dir, "planted")
	if err != nil {
		all = append(all, err.Error())
	}
	for _, find := range []func(string) ([]string, error){codeFaults, moduleFaults, linkFaults} {
		faults, err := find(dir)
		if err != nil {
			all = append(all, err.Error())
		}
		all = append(all, faults...)
	}
	return append(all, floors...)
}

func TestASoundHouseHasNoFault(t *testing.T) {
	if faults := allFaults(t, plant(t, nil)); len(faults) > 0 {
		t.Errorf("faults found in a sound house:\n%s", strings.Join(faults, "\n"))
	}
}

func TestEveryPlantedFaultIsFound(t *testing.T) {
	const doc = "// Package stone is planted.\n// It promises nothing.\n// It never does anything.\n"
	stone := "internal/stone/stone.go"
	plan := "floor low pure\nstone\nlist/*\nfloor high\nroof\ncmd/planted\n"
	cases := []struct{ name, file, text, want string }{
		{"upward import", stone, doc + "package stone\n\nimport _ \"planted/internal/roof\"\n", "stone imports roof, which stands above it"},
		{"neighbour under a star", "internal/list/a/a.go", "// Package a is\n// planted\n// here.\npackage a\n\nimport _ \"planted/internal/list/b\"\n", "list/a imports list/b beside it"},
		{"pair that must never be", "internal/list/a/a.go", "// Package a is\n// planted\n// here.\npackage a\n\nimport _ \"planted/internal/stone\"\n", "list/a must never import stone"},
		{"pure room reaches the disk", stone, doc + "package stone\n\nimport _ \"os\"\n", "stone is pure and imports os"},
		{"pure room reaches chance", stone, doc + "package stone\n\nimport _ \"math/rand/v2\"\n", "stone is pure and imports math/rand/v2"},
		{"pure room reads the clock", stone, doc + "package stone\n\nimport t \"time\"\n\nvar Start = t.Now()\n", "uses time.Now"},
		{"pure room measures time", stone, doc + "package stone\n\nimport \"time\"\n\nfunc F(s time.Time) time.Duration { return time.Since(s) }\n", "uses time.Since"},
		{"helpers for tests in the product", "internal/list/b/b.go", "// Package b is\n// planted\n// here.\npackage b\n\nimport _ \"planted/internal/list/listtest\"\n", "list/b imports list/listtest, which is for tests only"},
		{"cgo", stone, doc + "package stone\n\nimport \"C\"\n", "stone uses cgo"},
		{"room on no floor", "internal/attic/attic.go", "// Package attic is\n// planted\n// here.\npackage attic\n", "attic stands on no floor"},
		{"entry that does not exist", "internal/floors.txt", plan + "cellar\n", "floors.txt names cellar, which does not exist"},
		{"line not understood", "internal/floors.txt", plan + "a b\n", "floors.txt:7: not understood"},
		{"room twice", "internal/floors.txt", plan + "stone\n", "floors.txt:7: not understood or twice"},
		{"no package doc", stone, "package stone\n", "stone has no package doc"},
		{"short package doc", stone, "// Package stone is short.\npackage stone\n", "its package doc has 1 lines"},
		{"doc of another package", stone, strings.ReplaceAll(doc, "stone", "pebble") + "package stone\n", "should begin \"Package stone \""},
		{"bad name", "internal/stone/util/u.go", "// Package util is\n// planted\n// here.\npackage util\n", "a package named \"util\" says nothing"},
		{"long file", stone, doc + "package stone\n" + strings.Repeat("\n", 600), "more than 600"},
		{"long function", stone, doc + "package stone\n\nfunc F() {\n" + strings.Repeat("\n", 80) + "}\n", "function F has 82 lines, more than 80"},
		{"replace", "go.mod", "module planted\n\nrequire example.org/dep v1.0.0\n\nreplace example.org/dep => ../dep\n", "go.mod replaces example.org/dep"},
		{"forbidden module", "go.mod", "module planted\n\nrequire (\n\texample.org/dep v1.0.0\n\tgithub.com/antzucaro/matchr v0.1.0\n)\n", "forbidden: GPL"},
		{"no reason", "docs/dependencies.md", "nothing\n", "example.org/dep has no line of reason"},
		{"licence not allowed", "docs/dependencies.md", "| `example.org/dep` | GPL-3.0 | product | it is planted for this test |\n", "not among those allowed"},
		{"copyleft in the product", "docs/dependencies.md", "| `example.org/dep` | MPL-2.0 | product | it is planted for this test |\n", "MPL-2.0 is for tests only"},
		{"product called tests", "docs/dependencies.md", "| `example.org/dep` | MIT | tests | it is planted for this test |\n", "says \"tests\"; linked into the product: true"},
		{"reason for nothing", "docs/dependencies.md", "| `example.org/dep` | MIT | product | it is planted for this test |\n| `example.org/old` | MIT | product | it is planted for this test |\n", "example.org/old, which nothing here uses"},
		{"broken link", "README.md", "[gone](docs/gone.md)\n", "README.md:1 links to docs/gone.md"},
		{"broken heading", "README.md", "[h](docs/dependencies.md#nowhere)\n", "no heading #nowhere"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{c.file: c.text}
			found := allFaults(t, plant(t, files))
			if !slices.ContainsFunc(found, func(f string) bool { return strings.Contains(f, c.want) }) {
				t.Errorf("planted fault not found: want %q among\n%s", c.want, strings.Join(found, "\n"))
			}
		})
	}
}
