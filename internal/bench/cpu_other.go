//go:build !linux

package bench

import "time"

var begun = time.Now()

// Where the processor's time is not to be had, it is the time on the wall.
func threadTime() time.Duration { return time.Since(begun) }

func processTime() time.Duration { return time.Since(begun) }
