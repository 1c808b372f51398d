package house_test

import (
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// plan is floors.txt: every room with its place.
type plan struct {
	order []string        // rooms from the ground up; may end in "/*"
	pure  map[string]bool // by entry of order
	never [][2]string
}

// machine lists what a pure room must not import, with what it stands for.
var machine = map[string]string{
	"os": "disk", "os/exec": "processes", "os/signal": "signals", "os/user": "users", "syscall": "the system",
	"net": "network", "net/http": "network", "net/rpc": "network", "net/smtp": "network",
	"database/sql": "database", "log": "logger", "log/slog": "logger", "log/syslog": "logger",
	"math/rand": "chance", "math/rand/v2": "chance", "crypto/rand": "chance",
}

// clock lists what a pure room must not use of package time.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

func readPlan(file string) (plan, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return plan{}, fmt.Errorf("reading the floors: %w", err)
	}
	p := plan{pure: map[string]bool{}}
	pure, floor := false, ""
	for i, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case words[0] == "floor" && (len(words) == 2 || len(words) == 3 && words[2] == "pure"):
			floor, pure = words[1], len(words) == 3
		case words[0] == "never" && len(words) == 3:
			p.never = append(p.never, [2]string{words[1], words[2]})
		case len(words) == 1 && floor != "" && !slices.Contains(p.order, words[0]):
			p.order = append(p.order, words[0])
			p.pure[words[0]] = pure
		default:
			return plan{}, fmt.Errorf("%s:%d: not understood or twice: %q", filepath.Base(file), i+1, line)
		}
	}
	return p, nil
}

// entry returns the entry of the plan that room stands on: itself, or the star
// of its folder.
func (p plan) entry(room string) (int, bool) {
	if i := slices.Index(p.order, room); i >= 0 {
		return i, true
	}
	if dir, _, ok := cutLast(room, "/"); ok {
		if i := slices.Index(p.order, dir+"/*"); i >= 0 {
			return i, true
		}
	}
	return 0, false
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// room is one package of the house as it stands on disk.
type room struct {
	name string // "list/un", "cmd/interdict"
	dir  string
	pkg  *build.Package
}

// rooms finds every package under internal and cmd of the house at root.
func rooms(root string) ([]room, error) {
	var all []room
	for _, top := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(dir string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				if errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return err
			}
			if base := d.Name(); base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
				return fs.SkipDir
			}
			pkg, err := build.ImportDir(dir, 0)
			var none *build.NoGoError
			if errors.As(err, &none) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("reading %s: %w", dir, err)
			}
			rel, err := filepath.Rel(root, dir)
			if err != nil {
				return err
			}
			name := strings.TrimPrefix(filepath.ToSlash(rel), "internal/")
			all = append(all, room{name: name, dir: dir, pkg: pkg})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// isTestRoom reports whether a room holds helpers for tests, such as
// list/listtest; it stands on no floor, and only tests import it.
func isTestRoom(name string) bool {
	dir, base, ok := cutLast(name, "/")
	_, parent, _ := cutLast("/"+dir, "/")
	return ok && base == parent+"test"
}

// floorFaults returns what breaks the plan in the house at root, whose module
// is called module.
func floorFaults(root, module string) ([]string, error) {
	p, err := readPlan(filepath.Join(root, "internal", "floors.txt"))
	if err != nil {
		return nil, err
	}
	all, err := rooms(root)
	if err != nil {
		return nil, err
	}
	var faults []string
	used := map[int]bool{}
	for _, r := range all {
		if isTestRoom(r.name) {
			continue
		}
		at, ok := p.entry(r.name)
		if !ok {
			faults = append(faults, fmt.Sprintf("%s stands on no floor: add it to internal/floors.txt", r.name))
			continue
		}
		used[at] = true
		for _, imp := range r.pkg.Imports {
			if f := p.importFault(r.name, at, imp, module); f != "" {
				faults = append(faults, f)
			}
		}
		if p.pure[p.order[at]] {
			more, err := clockFaults(r)
			if err != nil {
				return nil, err
			}
			faults = append(faults, more...)
		}
	}
	for i, e := range p.order {
		if !used[i] {
			faults = append(faults, fmt.Sprintf("floors.txt names %s, which does not exist", e))
		}
	}
	sort.Strings(faults)
	return faults, nil
}

// importFault says what is wrong with one import of a room, "" if nothing.
func (p plan) importFault(name string, at int, imp, module string) string {
	if imp == "C" {
		return fmt.Sprintf("%s uses cgo: the product is one static binary", name)
	}
	what, isMachine := machine[imp]
	if isMachine && p.pure[p.order[at]] {
		return fmt.Sprintf("%s is pure and imports %s (%s)", name, imp, what)
	}
	path, ours := strings.CutPrefix(imp, module+"/")
	if !ours {
		return ""
	}
	below := strings.TrimPrefix(path, "internal/")
	to, ok := p.entry(below)
	switch {
	case isTestRoom(below):
		return fmt.Sprintf("%s imports %s, which is for tests only", name, below)
	case !ok:
		return fmt.Sprintf("%s imports %s, which stands on no floor", name, below)
	case to > at:
		return fmt.Sprintf("%s imports %s, which stands above it", name, below)
	case to == at:
		return fmt.Sprintf("%s imports %s beside it under %s", name, below, p.order[at])
	}
	for _, n := range p.never {
		if n[0] == name && n[1] == below {
			return fmt.Sprintf("%s must never import %s", name, below)
		}
	}
	return ""
}
