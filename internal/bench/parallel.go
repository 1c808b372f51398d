package bench

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls a function for 0 to n-1 on all cores and returns the results in
// order. worker makes the function of one goroutine.
func each[T any](n int, worker func() func(int) T) []T {
	out := make([]T, n)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			f := worker()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				out[i] = f(i)
			}
		})
	}
	wait.Wait()
	return out
}

// eachError is each of a function that may fail, and returns the first error in
// the order of the numbers.
func eachError(n int, f func(int) error) error {
	for _, err := range each(n, func() func(int) error { return f }) {
		if err != nil {
			return err
		}
	}
	return nil
}
