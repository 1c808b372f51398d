package index_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"interdict/internal/index"
	"interdict/internal/match"
)

const benchTheta = 700

// BenchmarkSearch measures a query from its string to its hits, one by one:
// warm with its words asked for before, cold with no word remembered.
func BenchmarkSearch(b *testing.B) {
	for i, r := range registers {
		for _, state := range []string{"warm", "cold"} {
			b.Run(r.name+"/"+state, func(b *testing.B) {
				ix, subjects := indexOf(b, i)
				probes := queries(subjects, 2000)
				search := func(text string) int {
					p, err := index.NewProbe(text)
					if err != nil {
						b.Fatal(err)
					}
					hits, err := ix.Search(p, benchTheta, match.NameCosts)
					if err != nil {
						b.Fatal(err)
					}
					return len(hits)
				}
				found := 0
				for _, p := range probes {
					found += search(p.Text)
				}
				var spent []time.Duration
				at := 0
				b.ReportAllocs()
				for b.Loop() {
					if state == "cold" {
						ix.Forget()
					}
					start := cpuTime()
					search(probes[at%len(probes)].Text)
					spent = append(spent, cpuTime()-start)
					at++
				}
				report(b, spent)
				b.ReportMetric(float64(found)/float64(len(probes)), "hits/op")
			})
		}
	}
}

// report gives the median and the 99th percentile of CPU times.
func report(b *testing.B, spent []time.Duration) {
	var sum time.Duration
	for _, d := range spent {
		sum += d
	}
	slices.Sort(spent)
	b.ReportMetric(float64(spent[len(spent)/2].Nanoseconds()), "cpu-p50-ns")
	b.ReportMetric(float64(spent[len(spent)*99/100].Nanoseconds()), "cpu-p99-ns")
	b.ReportMetric(float64(sum.Nanoseconds())/float64(len(spent)), "cpu-ns/op")
}

// BenchmarkScan measures the scanning of texts of several sorts.
func BenchmarkScan(b *testing.B) {
	texts := []struct {
		name string
		text func() string
	}{
		{"prose", func() string { return prose(1 << 20) }},
		{"article", func() string {
			return strings.Repeat(string(dataFile(b, "documents/article-2015-11-18.txt"))+"\n\n", 100)
		}},
		{"russian", func() string { return russianNews(b) }},
		{"narratives", func() string { return narratives(b) }},
	}
	for i, r := range registers {
		for k, t := range texts {
			for _, state := range []string{"warm", "cold"} {
				b.Run(r.name+"/"+t.name+"/"+state, func(b *testing.B) {
					if k > 0 {
						needData(b)
					}
					ix, _ := indexOf(b, i)
					text := t.text()
					if _, err := ix.Scan(text[:len(text)/8], 850); err != nil {
						b.Fatal(err)
					}
					if _, err := ix.Scan(text, 850); err != nil && state == "warm" {
						b.Fatal(err)
					}
					var spent []time.Duration
					b.SetBytes(int64(len(text)))
					for b.Loop() {
						if state == "cold" {
							ix.Forget()
						}
						start := cpuTime()
						if _, err := ix.Scan(text, 850); err != nil {
							b.Fatal(err)
						}
						spent = append(spent, cpuTime()-start)
					}
					slices.Sort(spent)
					b.ReportMetric(float64(len(text))/1e6/spent[len(spent)/2].Seconds(), "cpu-MB/s")
				})
			}
		}
	}
}

// BenchmarkBuild measures the building of a whole segment.
func BenchmarkBuild(b *testing.B) {
	for _, r := range registers {
		b.Run(r.name, func(b *testing.B) {
			subjects := r.subjects(b)
			b.ReportAllocs()
			var spent []time.Duration
			for b.Loop() {
				start := cpuTime()
				build(b, subjects)
				spent = append(spent, cpuTime()-start)
			}
			slices.Sort(spent)
			b.ReportMetric(spent[len(spent)/2].Seconds(), "cpu-s/op")
		})
	}
}

// BenchmarkOpen measures the opening of a file, checks included.
func BenchmarkOpen(b *testing.B) {
	for _, r := range registers {
		b.Run(r.name, func(b *testing.B) {
			var file bytes.Buffer
			if err := build(b, r.subjects(b)).Write(&file, index.Head{}); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			var spent []time.Duration
			for b.Loop() {
				start := cpuTime()
				if _, _, err := index.Open(file.Bytes()); err != nil {
					b.Fatal(err)
				}
				spent = append(spent, cpuTime()-start)
			}
			slices.Sort(spent)
			b.ReportMetric(spent[len(spent)/2].Seconds()*1000, "cpu-ms/op")
			b.ReportMetric(float64(file.Len()), "file-bytes")
		})
	}
}
