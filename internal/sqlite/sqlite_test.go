package sqlite_test

import (
	"sync"
	"testing"

	"interdict/internal/sqlite"
)

// Several processes may open a new data folder at once; pools of their own stand
// for them here.
func TestASchemaIsMadeByManyAtOnce(t *testing.T) {
	for range 5 {
		dir := t.TempDir()
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				e, err := sqlite.Engine(t.Context(), dir)
				if err != nil {
					t.Error(err)
					return
				}
				e.DB.Close()
			})
		}
		wait.Wait()
	}
}
