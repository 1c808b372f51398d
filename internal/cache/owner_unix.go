//go:build unix

package cache

import (
	"io/fs"
	"os"
	"syscall"
)

// ours reports whether a file is of the user that runs this.
func ours(info fs.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) == os.Geteuid()
}
