// Package cache is the folder of a user for what can be made again.
//
// It promises a folder that nobody but the user can write to, for what is kept
// there may be run unread; or none.
//
// It never keeps anything that is not to be lost, and nothing about anybody.
package cache

import (
	"os"
	"path/filepath"
)

// Folder returns the folder of a name, made if it was not there; false where the
// user has none that is his alone.
func Folder(name string) (string, bool) {
	root, err := os.UserCacheDir()
	if err != nil {
		return "", false
	}
	dir := filepath.Join(root, "interdict", name)
	if os.MkdirAll(dir, 0o700) != nil {
		return "", false
	}
	info, err := os.Lstat(dir)
	return dir, err == nil && info.IsDir() && info.Mode().Perm()&0o022 == 0 && ours(info)
}

// PDF is the folder of what the reader of PDFs was compiled to.
func PDF() (string, bool) { return Folder("pdfium") }
