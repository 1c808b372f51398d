package cache

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestTheFolderIsOnesOwn(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the folder is set by the environment on Linux alone")
	}
	for name, c := range map[string]struct {
		before func(t *testing.T, dir string)
		want   bool
	}{
		"not there yet": {func(*testing.T, string) {}, true},
		"there":         {func(t *testing.T, dir string) { must(t, os.MkdirAll(dir, 0o700)) }, true},
		"anybody writes to it": {func(t *testing.T, dir string) {
			must(t, os.MkdirAll(dir, 0o700))
			must(t, os.Chmod(dir, 0o777))
		}, false},
		"it leads elsewhere": {func(t *testing.T, dir string) {
			must(t, os.MkdirAll(filepath.Dir(dir), 0o700))
			must(t, os.Symlink(t.TempDir(), dir))
		}, false},
		"a file has its name": {func(t *testing.T, dir string) {
			must(t, os.MkdirAll(filepath.Dir(dir), 0o700))
			must(t, os.WriteFile(dir, nil, 0o600))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			t.Setenv("XDG_CACHE_HOME", root)
			want := filepath.Join(root, "interdict", "words")
			c.before(t, want)
			if dir, ok := Folder("words"); ok != c.want || ok && dir != want {
				t.Errorf("%q, %v", dir, ok)
			}
		})
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if dir, ok := Folder("words"); ok {
		t.Errorf("somebody without a home has %q", dir)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
