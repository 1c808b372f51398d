//go:build !linux

package bench

import "time"

var begun = time.Now()

// Where the processor's time is not to be had, it is the time on the wall.
func threadTime() time.Duration { return time.Since(begun) }

func processTime() time.Duration { return time.Since(begun) }

// residentMemory and ownPeak are 0 where the system does not say.
func residentMemory() float64 { return 0 }

func ownPeak() int64 { return 0 }
