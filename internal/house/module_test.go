package house_test

import (
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// allowed are the licences that a dependency may have, each with a phrase of
// its text. MPL-2.0 is for tests only: its files stay as they are.
var allowed = map[string]string{
	"MIT":          "Permission is hereby granted, free of charge",
	"BSD-2-Clause": "Redistributions in binary form must reproduce",
	"BSD-3-Clause": "Neither the name of",
	"Apache-2.0":   "Apache License",
	"ISC":          "Permission to use, copy, modify",
	"MPL-2.0":      "Mozilla Public License",
}

// forbidden are modules that may not come back, each with the reason.
var forbidden = map[string]string{
	"github.com/antzucaro/matchr":       "GPL",
	"github.com/cloudflare/ahocorasick": "no offsets, gigabytes for 100,000 patterns",
	"github.com/mozillazg/go-unidecode": "drops Arabic vowels and the article's alif",
	"github.com/ledongthuc/pdf":         "garbles Cyrillic",
	"github.com/mattn/go-sqlite3":       "needs cgo",
	"github.com/stretchr/testify":       "no assertion library",
	"github.com/golang/mock":            "no mocks of our own code",
}

// reason is one line of docs/dependencies.md.
type reason struct{ licence, use, why string }

var reasonLine = regexp.MustCompile("^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$")

func readReasons(root string) (map[string]reason, error) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "dependencies.md"))
	if err != nil {
		return nil, fmt.Errorf("reading the reasons: %w", err)
	}
	found := map[string]reason{}
	for line := range strings.Lines(string(text)) {
		if m := reasonLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			found[m[1]] = reason{strings.TrimSpace(m[2]), strings.TrimSpace(m[3]), strings.TrimSpace(m[4])}
		}
	}
	return found, nil
}

// moduleFaults returns what is wrong with go.mod and with the reasons for what
// it requires.
func moduleFaults(root string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		return nil, err
	}
	reasons, err := readReasons(root)
	if err != nil {
		return nil, err
	}
	direct, err := directModules(root, mod)
	if err != nil {
		return nil, err
	}
	var faults []string
	for _, r := range mod.Replace {
		faults = append(faults, fmt.Sprintf("go.mod replaces %s: a replace does not reach who builds on us", r.Old.Path))
	}
	for _, req := range mod.Require {
		if why, ok := forbidden[req.Mod.Path]; ok {
			faults = append(faults, fmt.Sprintf("go.mod requires %s, which is forbidden: %s", req.Mod.Path, why))
		}
	}
	for m, product := range direct {
		r, ok := reasons[m.Path]
		if !ok {
			faults = append(faults, fmt.Sprintf("%s has no line of reason in docs/dependencies.md", m.Path))
			continue
		}
		if f := licenceFault(m, r); f != "" {
			faults = append(faults, f)
		}
		if product != (r.use == "product") {
			faults = append(faults, fmt.Sprintf("%s: docs/dependencies.md says %q; linked into the product: %v", m.Path, r.use, product))
		}
		delete(reasons, m.Path)
	}
	for path := range reasons {
		faults = append(faults, fmt.Sprintf("docs/dependencies.md gives a reason for %s, which nothing here uses", path))
	}
	sort.Strings(faults)
	return faults, nil
}

// directModules returns the modules that our code, tests and tool lines use,
// and whether the product is linked with them. It reads the imports and not the
// "indirect" marks, which may be stale.
func directModules(root string, mod *modfile.File) (map[module.Version]bool, error) {
	all, err := rooms(root)
	if err != nil {
		return nil, err
	}
	found := map[module.Version]bool{}
	use := func(path string, product bool) {
		best := module.Version{}
		for _, req := range mod.Require {
			p := req.Mod.Path
			if (path == p || strings.HasPrefix(path, p+"/")) && len(p) > len(best.Path) {
				best = req.Mod
			}
		}
		if best.Path != "" {
			found[best] = found[best] || product
		}
	}
	for _, r := range all {
		for _, imp := range r.pkg.Imports {
			use(imp, !isTestRoom(r.name))
		}
		for _, imp := range slices.Concat(r.pkg.TestImports, r.pkg.XTestImports) {
			use(imp, false)
		}
	}
	for _, t := range mod.Tool {
		use(t.Path, false)
	}
	return found, nil
}

// licenceFault compares the licence that docs/dependencies.md states with the
// text in the module cache, where that module lies there.
func licenceFault(m module.Version, r reason) string {
	phrase, ok := allowed[r.licence]
	switch {
	case !ok:
		return fmt.Sprintf("%s: licence %q is not among those allowed", m.Path, r.licence)
	case r.licence == "MPL-2.0" && r.use != "tests":
		return fmt.Sprintf("%s: MPL-2.0 is for tests only", m.Path)
	case len(r.why) < 20:
		return fmt.Sprintf("%s: its reason is too short", m.Path)
	}
	text := licenceText(m)
	if text != "" && !strings.Contains(strings.Join(strings.Fields(text), " "), phrase) {
		return fmt.Sprintf("%s: its licence file does not read like %s", m.Path, r.licence)
	}
	return ""
}

func licenceText(m module.Version) string {
	cache := os.Getenv("GOMODCACHE")
	if cache == "" {
		cache = filepath.Join(build.Default.GOPATH, "pkg", "mod")
	}
	path, err := module.EscapePath(m.Path)
	if err != nil {
		return ""
	}
	dir := filepath.Join(cache, path+"@"+m.Version)
	for _, name := range []string{"LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING", "COPYING.md"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			return string(text)
		}
	}
	return ""
}
