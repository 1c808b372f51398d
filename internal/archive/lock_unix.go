//go:build unix

package archive

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"

	"interdict/internal/fault"
)

// lock keeps other writers out until unlock. The lock belongs to the open
// file, so that a killed process leaves none behind.
func (a *Archive) lock() (unlock func(), err error) {
	root, err := a.make()
	if err != nil {
		return nil, err
	}
	f, err := root.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		f.Close()
		return nil, fault.Hint(fault.New(fault.Conflict, "another process is writing to the data folder %s", a.dir), "try again when it has finished")
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
