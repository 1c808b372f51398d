package index_test

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is the processor time of this thread: on a machine that is shared,
// the clock on the wall measures the neighbours.
func cpuTime() time.Duration {
	runtime.LockOSThread() // for good: benchmarks run on one thread
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}
