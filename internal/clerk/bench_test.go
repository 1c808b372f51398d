package clerk_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/roster"
	"interdict/internal/sqlite"
)

// The figures of docs/commission.md come from these, by the commands that stand there.
var dossiers = flag.Int("dossiers", 2000, "size of the house that is opened and listed")

// BenchmarkCommands measures durable commands through the clerk: access, casework,
// sealing, ledger and views. Each caller writes the texts of a dossier of its own.
func BenchmarkCommands(b *testing.B) {
	callers := []int{1, 4, 16, 64}
	for _, n := range callers {
		b.Run(fmt.Sprintf("sqlite/callers=%d", n), func(b *testing.B) {
			dir := b.TempDir()
			c := found(onSQLite(dir)).clerk(b, time.Now)
			people(b, c)
			load(b, []*clerk.Clerk{c}, n)
			size := must(os.Stat(filepath.Join(dir, sqlite.LedgerFile))).Size()
			b.ReportMetric(float64(size)/float64(must(c.Store.Head(b.Context())).Size), "bytes/event")
		})
	}
	b.Run("postgres", func(b *testing.B) {
		server := postgrestest.Start(b)
		for _, n := range callers {
			b.Run(fmt.Sprintf("callers=%d", n), func(b *testing.B) {
				p := found(onPostgres(server.Database(b)))
				var clerks []*clerk.Clerk // of four processes at most
				for range min(n, 4) {
					clerks = append(clerks, p.clerk(b, time.Now))
				}
				people(b, clerks[0])
				load(b, clerks, n)
			})
		}
	})
}

// load carries out b.N commands by so many callers.
func load(b *testing.B, clerks []*clerk.Clerk, callers int) {
	ids := make([]string, callers)
	for i := range ids {
		ids[i] = opened(b, clerks[0], fmt.Sprintf("Case %d", i))
	}
	text := must(json.Marshal(body{"open": "Two independent sources name the same account.", "closed": "A body of the size that an allegation has, with a span, a grade and a sentence of assessment."}))
	took := make([]time.Duration, b.N)
	var next atomic.Int64
	used := cpu()
	b.ResetTimer()
	var wait sync.WaitGroup
	for i := range callers {
		wait.Go(func() {
			c := clerks[i%len(clerks)]
			for n := next.Add(1) - 1; n < int64(b.N); n = next.Add(1) - 1 {
				begun := time.Now()
				must(c.Do(b.Context(), clerk.Order{By: "analyst", Key: fmt.Sprint("k", n)}, "dossier.write", ids[i], text))
				took[n] = time.Since(begun)
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	b.ReportMetric(float64((cpu()-used).Microseconds())/float64(b.N), "cpu-µs/command")
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commands/s")
	b.ReportMetric(float64(took[b.N/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[b.N*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkFirstList opens a house of -dossiers dossiers and lists the first
// page: as the lead, who may know of all of them, and as an analyst, who may know
// of the last one only.
func BenchmarkFirstList(b *testing.B) {
	p := found(onSQLite(b.TempDir()))
	c := p.clerk(b, time.Now)
	people(b, c)
	var wait sync.WaitGroup
	var next atomic.Int64
	for range 64 {
		wait.Go(func() {
			for n := next.Add(1); n <= int64(*dossiers); n = next.Add(1) {
				must(do(b.Context(), c, "analyst", "dossier.open", "", body{"title": fmt.Sprint("Case ", n), "subject": someone("X")}))
			}
		})
	}
	wait.Wait()
	for _, who := range []roster.PersonID{"lead", "analyst-2"} {
		b.Run(string(who), func(b *testing.B) {
			for b.Loop() {
				fresh := p.clerk(b, time.Now)
				page := must(fresh.List(b.Context(), clerk.Order{By: who, Purpose: "measure"}, "dossier", "", "", 50))
				if who == "lead" && len(page.Rows) != 50 || who != "lead" && len(page.Rows) != 0 {
					b.Fatalf("%s lists %d", who, len(page.Rows))
				}
			}
		})
	}
}
