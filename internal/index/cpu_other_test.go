//go:build !linux

package index_test

import "time"

var begun = time.Now()

// cpuTime is the time on the wall where the thread's own is not to be had.
func cpuTime() time.Duration { return time.Since(begun) }
