package store_test

import (
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"interdict/internal/event"
	"interdict/internal/ledger"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// The figures of docs/ledger.md come from these, by the commands that stand there.
var events = flag.Int("events", 20_000, "size of the ledger that is opened and verified")

const body = `{"reason":"two independent sources name the same account","grounds":["g-1","g-3"],"note":"` +
	`A body of the size that an allegation with a span, a grade and a sentence of assessment has."}`

func draft(stream string, version uint64, command string, sealed vault.Sealed) store.Draft {
	return store.Draft{Body: sealed, Envelope: event.Envelope{
		Kind: "dossier.alleged", Stream: stream, Version: version, At: time.Now().UTC().Truncate(time.Microsecond),
		By: "m-7K3Q9XVD2H5T8Z1B", For: "o-4M8N2P6R9S3W7Y1C", Command: command,
	}}
}

// BenchmarkAppend measures durable commands, sealing among them, each of one
// event on a stream of its writer.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 4, 64} {
		b.Run(fmt.Sprintf("sqlite/writers=%d", writers), func(b *testing.B) {
			dir, signer := b.TempDir(), newSigner(b)
			s := must(sqlite.Open(b.Context(), dir, signer))
			defer s.Close()
			keys := must(sqlite.OpenKeys(b.Context(), filepath.Join(dir, "keys")))
			defer keys.Close()
			load(b, newVault(b, keys), slices.Repeat([]*store.Store{s}, writers))
		})
	}
	b.Run("postgres", func(b *testing.B) {
		server := postgrestest.Start(b)
		for _, writers := range []int{1, 4, 64} {
			b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
				dsn, signer := server.Database(b), newSigner(b)
				keys := must(postgres.OpenKeys(b.Context(), dsn))
				defer keys.Close()
				var stores []*store.Store // of four processes at most
				for range min(writers, 4) {
					s := must(postgres.Open(b.Context(), dsn, signer))
					defer s.Close()
					stores = append(stores, s)
				}
				load(b, newVault(b, keys), slices.Repeat(stores, writers/len(stores)))
			})
		}
	})
}

// load appends b.N commands, by a writer on each of the stores.
func load(b *testing.B, v *vault.Vault, stores []*store.Store) {
	for i := range stores { // the keys of the subjects are there
		must(v.Seal(b.Context(), fmt.Sprintf("dossier/w%d", i), nil))
	}
	took := make([]time.Duration, b.N)
	used := cpu()
	var next atomic.Int64
	b.ResetTimer()
	var wait sync.WaitGroup
	for i, s := range stores {
		wait.Go(func() {
			stream := fmt.Sprintf("dossier/w%d", i)
			for version := uint64(1); ; version++ {
				n := next.Add(1) - 1
				if n >= int64(b.N) {
					return
				}
				begun := time.Now()
				sealed := must(v.Seal(b.Context(), stream, []byte(body)))
				must(s.Append(b.Context(), store.Change{Events: []store.Draft{draft(stream, version, fmt.Sprintf("m-7K3Q9XVD2H5T8Z1B/%d", n), sealed)}}))
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

// BenchmarkLarge opens and verifies a ledger of -events events.
func BenchmarkLarge(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		dir, signer := b.TempDir(), newSigner(b)
		s := must(sqlite.Open(b.Context(), dir, signer))
		per := size(b, s, func() float64 { return float64(must(os.Stat(filepath.Join(dir, sqlite.LedgerFile))).Size()) })
		large(b, per, func() *store.Store { return must(sqlite.Open(b.Context(), dir, signer)) })
	})
	b.Run("postgres", func(b *testing.B) {
		dsn, signer := postgrestest.Start(b).Database(b), newSigner(b)
		s := must(postgres.Open(b.Context(), dsn, signer))
		per := size(b, s, func() (bytes float64) {
			e := must(postgres.Engine(b.Context(), dsn))
			defer e.DB.Close()
			if err := e.DB.QueryRow("SELECT pg_database_size(current_database())").Scan(&bytes); err != nil {
				b.Fatal(err)
			}
			return bytes
		})
		large(b, per, func() *store.Store { return must(postgres.Open(b.Context(), dsn, signer)) })
	})
}

// size fills the ledger with commands of one event, closes it, and returns how
// many bytes of the database an event takes. What is
// sealed has the size of an age file, but is chance: making it real would take
// longer than all that is measured.
func size(b *testing.B, s *store.Store, bytes func() float64) float64 {
	const header = 16 + 200 + 16 + 16 // salt, header, nonce and tag of an age file
	var next atomic.Int64
	var wait sync.WaitGroup
	for range 256 {
		wait.Go(func() {
			for n := next.Add(1); n <= int64(*events); n = next.Add(1) {
				sealed := vault.Sealed{Subject: fmt.Sprintf("dossier/%d", n), Cipher: make([]byte, header+len(body))}
				rand.Read(sealed.Hash[:])
				rand.Read(sealed.Cipher)
				d := draft(sealed.Subject, 1, fmt.Sprintf("m-7K3Q9XVD2H5T8Z1B/%d", n), sealed)
				must(s.Append(b.Context(), store.Change{Events: []store.Draft{d}}))
			}
		})
	}
	wait.Wait()
	must(0, s.Close())
	return bytes() / float64(*events)
}

func large(b *testing.B, per float64, open func() *store.Store) {
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			s := open()
			must(s.Stream(b.Context(), fmt.Sprintf("dossier/%d", *events/2), 0))
			must(0, s.Close())
		}
		b.ReportMetric(per, "bytes/event")
	})
	b.Run("verify", func(b *testing.B) {
		s := open()
		defer s.Close()
		used := cpu()
		for b.Loop() {
			r := must(s.Verify(b.Context(), s.Verifier(), nil, nil))
			if r.Entries != int64(*events) {
				b.Fatalf("verified %+v", r)
			}
		}
		verified := float64(*events) * float64(b.N)
		b.ReportMetric(verified/b.Elapsed().Seconds(), "events/s")
		b.ReportMetric(float64((cpu()-used).Nanoseconds())/1000/verified, "cpu-µs/event")
	})
}

func newSigner(b *testing.B) string {
	signer, _, err := ledger.NewKey(rand.Reader, "commission.example/ledger")
	must(0, err)
	return signer
}

func newVault(b *testing.B, keys vault.Keys) *vault.Vault {
	return must(vault.New(must(vault.NewMaster()), keys, vault.DefaultMaxBytes))
}

// must is for what cannot fail in a measurement.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
