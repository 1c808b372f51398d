package bench

import (
	"bufio"
	"bytes"
	"os"
	"runtime"
	"strings"
)

// Machine is what a measurement ran on.
type Machine struct {
	Processor  string `json:"processor"` // "" where the system does not say
	System     string `json:"system"`
	Go         string `json:"go"`
	Cores      int    `json:"cores"`
	GOMAXPROCS int    `json:"gomaxprocs"`
	Load       string `json:"load"` // average over 1, 5 and 15 minutes at the start, "" where unknown
}

// ThisMachine asks the system; on Linux it says the most.
func ThisMachine() Machine {
	m := Machine{System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), Cores: runtime.NumCPU(), GOMAXPROCS: runtime.GOMAXPROCS(0)}
	if b, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load = strings.Join(strings.Fields(string(b))[:3], " ")
	}
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for in := bufio.NewScanner(bytes.NewReader(b)); in.Scan(); {
			if what, value, ok := strings.Cut(in.Text(), ":"); ok && strings.TrimSpace(what) == "model name" {
				m.Processor = strings.TrimSpace(value)
				break
			}
		}
	}
	return m
}
