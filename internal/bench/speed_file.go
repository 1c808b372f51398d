package bench

import (
	"fmt"
	"os"
	"time"

	"github.com/edsrzf/mmap-go"

	"interdict/internal/index"
)

// openMapped writes a file, and returns how long it takes to map it, check it
// and make an index of it.
func openMapped(file []byte) (time.Duration, error) {
	f, err := os.CreateTemp("", "interdict-bench-*.idx")
	if err != nil {
		return 0, fmt.Errorf("writing an index to map: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.Write(file); err != nil {
		return 0, fmt.Errorf("writing an index to map: %w", err)
	}
	start := processTime()
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return 0, fmt.Errorf("mapping an index: %w", err)
	}
	defer mapped.Unmap()
	if _, _, err := index.Open(mapped); err != nil {
		return 0, fmt.Errorf("opening an index: %w", err)
	}
	return processTime() - start, nil
}
