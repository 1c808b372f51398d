package cli

import (
	"context"
	"flag"
	"fmt"
	"runtime/debug"
)

var versionVerb = verb{
	name:     "version",
	short:    "say which build this is",
	examples: []string{"version", "version --json"},
	json:     true,
	setup: func(*flag.FlagSet) action {
		return func(_ context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("version takes no argument, but was given %q", args[0])
			}
			return false, writeVersion(c)
		}
	},
}

// build is what the toolchain wrote into the binary.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
}

func readBuild() build {
	b := build{Version: "(devel)", Go: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	b.Go = info.GoVersion
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

func writeVersion(c *call) error {
	b := readBuild()
	if c.JSON {
		return c.writeJSON(b)
	}
	line := "interdict " + b.Version
	if b.Revision != "" {
		line += " " + b.Revision
	}
	if b.Modified {
		line += " (modified)"
	}
	_, err := fmt.Fprintf(c.out, "%s, built with %s\n", line, b.Go)
	return err
}
