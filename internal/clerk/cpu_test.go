//go:build unix

package clerk_test

import (
	"syscall"
	"time"
)

// cpu returns the processor time that this process has used. On a machine that
// others use too, it says more than the clock.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
