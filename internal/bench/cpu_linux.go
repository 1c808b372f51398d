package bench

import (
	"time"

	"golang.org/x/sys/unix"
)

// threadTime is the processor time of this thread, processTime that of all:
// on a machine that is shared, the clock on the wall measures the neighbours.
func threadTime() time.Duration { return clock(unix.CLOCK_THREAD_CPUTIME_ID) }

func processTime() time.Duration { return clock(unix.CLOCK_PROCESS_CPUTIME_ID) }

func clock(id int32) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(id, &t); err != nil {
		panic(err) // the clocks are there since Linux 2.6
	}
	return time.Duration(t.Nano())
}
