package house_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

const (
	minDocLines  = 3   // what it is, what it promises, what it never does
	maxFileLines = 600 // a longer file is two rooms
	maxFuncLines = 80  // a longer function is two; tables of tests are left out
)

// badNames are package names that say nothing; one everyday noun is better.
var badNames = []string{
	"util", "utils", "common", "helper", "helpers", "manager", "managers", "service", "services",
	"model", "models", "handler", "handlers", "pkg", "misc", "base", "core", "types", "shared",
}

// clockFaults finds uses of the clock in a room that must be pure.
func clockFaults(r room) ([]string, error) {
	var faults []string
	for _, file := range r.pkg.GoFiles {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, filepath.Join(r.dir, file), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("parsing %s: %w", file, err)
		}
		local := ""
		for _, imp := range f.Imports {
			if imp.Path.Value == `"time"` {
				local = "time"
				if imp.Name != nil {
					local = imp.Name.Name
				}
			}
		}
		if local == "" {
			continue
		}
		if local == "." {
			faults = append(faults, fmt.Sprintf("%s/%s imports time with a dot", r.name, file))
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == local && slices.Contains(clock, sel.Sel.Name) {
				faults = append(faults, fmt.Sprintf("%s/%s:%d is pure and uses time.%s: take the time as an argument",
					r.name, file, fset.Position(sel.Pos()).Line, sel.Sel.Name))
			}
			return true
		})
	}
	return faults, nil
}

// codeFaults finds rooms without a fitting doc or name, and overlong files and
// functions.
func codeFaults(root string) ([]string, error) {
	all, err := rooms(root)
	if err != nil {
		return nil, err
	}
	var faults []string
	for _, r := range all {
		if slices.Contains(badNames, r.pkg.Name) || slices.Contains(badNames, filepath.Base(r.dir)) {
			faults = append(faults, fmt.Sprintf("%s: a package named %q says nothing; take an everyday noun", r.name, r.pkg.Name))
		}
		doc, err := packageDoc(r)
		if err != nil {
			return nil, err
		}
		if f := docFault(r, doc); f != "" {
			faults = append(faults, f)
		}
		long, err := longFunctions(r)
		if err != nil {
			return nil, err
		}
		faults = append(faults, long...)
		files := slices.Concat(r.pkg.GoFiles, r.pkg.IgnoredGoFiles, r.pkg.TestGoFiles, r.pkg.XTestGoFiles)
		for _, file := range files {
			text, err := os.ReadFile(filepath.Join(r.dir, file))
			if err != nil {
				return nil, err
			}
			if n := bytes.Count(text, []byte("\n")); n > maxFileLines && !generated(text) {
				faults = append(faults, fmt.Sprintf("%s/%s has %d lines, more than %d: two rooms or two files would be clearer", r.name, file, n, maxFileLines))
			}
		}
	}
	sort.Strings(faults)
	return faults, nil
}

func generated(text []byte) bool {
	return bytes.HasPrefix(text, []byte("// Code generated ")) || bytes.Contains(text, []byte("\n// Code generated "))
}

// longFunctions finds the functions of a room that are longer than they may be.
func longFunctions(r room) ([]string, error) {
	var faults []string
	for _, file := range r.pkg.GoFiles {
		text, err := os.ReadFile(filepath.Join(r.dir, file))
		if err != nil {
			return nil, err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("parsing %s: %w", file, err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || generated(text) {
				continue
			}
			if n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1; n > maxFuncLines {
				faults = append(faults, fmt.Sprintf("%s/%s: function %s has %d lines, more than %d", r.name, file, fn.Name.Name, n, maxFuncLines))
			}
		}
	}
	return faults, nil
}

// packageDoc returns the longest package comment of a room.
func packageDoc(r room) (string, error) {
	best := ""
	for _, file := range r.pkg.GoFiles {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(r.dir, file), nil,
			parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			return "", fmt.Errorf("parsing %s: %w", file, err)
		}
		if text := f.Doc.Text(); len(text) > len(best) {
			best = text
		}
	}
	return best, nil
}

func docFault(r room, doc string) string {
	first := "Package " + r.pkg.Name + " "
	if r.pkg.Name == "main" {
		first = "Command " + filepath.Base(r.dir) + " "
	}
	lines := 0
	for line := range strings.Lines(doc) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	switch {
	case doc == "":
		return fmt.Sprintf("%s has no package doc", r.name)
	case !strings.HasPrefix(doc, first):
		return fmt.Sprintf("%s: its package doc should begin %q", r.name, first)
	case lines < minDocLines:
		return fmt.Sprintf("%s: its package doc has %d lines; say what it is, what it promises, what it never does", r.name, lines)
	}
	return ""
}
