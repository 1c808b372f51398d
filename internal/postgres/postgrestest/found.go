package postgrestest

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// found fills dir with the data of a new server. initdb takes a second and more of
// a processor, so that it works once in a process and each server gets a copy of
// what it made.
func found(bin, dir string) error {
	made, err := fresh(bin)
	if err != nil {
		return err
	}
	return copyTo(dir, made)
}

// fresh is a folder as initdb leaves it, which no server ever runs on.
var fresh = func() func(bin string) (string, error) {
	var once sync.Once
	var dir string
	var err error
	return func(bin string) (string, error) {
		once.Do(func() { dir, err = initialise(bin) })
		return dir, err
	}
}()

func initialise(bin string) (string, error) {
	dir, err := os.MkdirTemp("", "interdict-postgres-fresh-")
	if err != nil {
		return "", err
	}
	if err := removeAfterUs(dir); err != nil {
		return "", err
	}
	cmd := exec.Command(filepath.Join(bin, "initdb"), "--pgdata", dir, "--username", "postgres", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--locale-provider", "icu", "--icu-locale", "en", "--no-sync")
	cmd.Dir = "/"
	if err := unprivileged(cmd, dir); err != nil {
		return "", err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return dir, nil
}

// holds are kept open, and out of reach of the collector, until this process ends.
var holds []io.Closer

// removeAfterUs removes dir when this process has ended, however it ends: a shell
// waits for the end of its input, which nobody else holds.
func removeAfterUs(dir string) error {
	cmd := exec.Command("sh", "-c", `read -r _; rm -rf -- "$1"`, "sh", dir)
	cmd.Dir = "/"
	hold, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	holds = append(holds, hold)
	return cmd.Start()
}

// copyTo copies a tree into dir, which is there, and gives it to whom the server
// runs as.
func copyTo(dir, from string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, name)
		if err := copyOne(to, path, d); err != nil {
			return err
		}
		return yield(to)
	})
}

func copyOne(to, from string, d fs.DirEntry) error {
	if d.IsDir() {
		if err := os.MkdirAll(to, 0o700); err != nil {
			return err
		}
		return os.Chmod(to, 0o700)
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}
