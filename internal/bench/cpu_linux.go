package bench

import (
	"fmt"
	"os"
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

// residentMemory is what of this process lies in memory now, mapped files that
// were touched included, in bytes.
func residentMemory() float64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, resident float64
	if _, err := fmt.Sscan(string(b), &size, &resident); err != nil {
		return 0
	}
	return resident * float64(os.Getpagesize())
}

// ownPeak is the most memory that this process has had, in bytes.
func ownPeak() int64 {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return 1024 * u.Maxrss
}
