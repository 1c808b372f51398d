package archive

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"

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
	const exclusive = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err = windows.LockFileEx(windows.Handle(f.Fd()), exclusive, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		f.Close()
		return nil, fault.Hint(fault.New(fault.Conflict, "another process is writing to the data folder %s", a.dir), "try again when it has finished")
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
