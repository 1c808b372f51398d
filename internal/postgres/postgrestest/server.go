package postgrestest

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

const patience = 60 * time.Second // with starting and ending, on a busy machine

// Server is a running Postgres.
type Server struct {
	bin, dir string
	port     int
	cmd      *exec.Cmd
	gone     chan struct{} // closed when the server has ended
	watch    *exec.Cmd     // ends the server when it cannot read any more
	hold     io.Closer     // what it reads from
	made     int           // databases
}

// Start returns a new server that ends with the test. Start one for many tests
// and give each its own Database.
func Start(tb testing.TB) *Server {
	tb.Helper()
	bin := programs()
	if bin == "" {
		tb.Skip("POSTGRES IS ABSENT (initdb and postgres are neither in PATH nor in /usr/lib/postgresql): nothing is tested on it")
	}
	// Not tb.TempDir: its parent is closed to the user postgres.
	dir, err := os.MkdirTemp("", "interdict-postgres-")
	if err != nil {
		tb.Fatal(err)
	}
	s := &Server{bin: bin, dir: dir}
	tb.Cleanup(func() {
		s.end()
		if err := os.RemoveAll(dir); err != nil {
			tb.Error(err)
		}
	})
	if err := s.found(); err != nil {
		tb.Fatal(err)
	}
	s.Restart(tb)
	return s
}

// programs returns the folder of initdb and postgres, the last if the system
// has several; "" if it has none.
func programs() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(real)
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return ""
	}
	return filepath.Dir(slices.Max(found))
}

func (s *Server) found() error {
	cmd := exec.Command(filepath.Join(s.bin, "initdb"), "--pgdata", s.dir, "--username", "postgres", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C", "--locale-provider", "icu", "--icu-locale", "en", "--no-sync")
	cmd.Dir = "/"
	if err := unprivileged(cmd, s.dir); err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// Restart starts a server that was crashed, on its old port, and waits until it
// answers.
func (s *Server) Restart(tb testing.TB) {
	tb.Helper()
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(100 * time.Millisecond) {
		if err := s.start(); err != nil {
			tb.Fatal(err)
		}
		if s.answers(until) {
			return
		}
		s.end() // its port was taken, or its old processes are not gone yet
	}
	log, _ := os.ReadFile(s.log())
	tb.Fatalf("Postgres does not answer:\n%s", log)
}

// Crash ends the server at once, as if its machine had stopped.
func (s *Server) Crash(tb testing.TB) {
	tb.Helper()
	s.end()
}

// Database makes an empty database and returns its DSN.
func (s *Server) Database(tb testing.TB) string {
	tb.Helper()
	s.made++
	name := fmt.Sprintf("test%d", s.made)
	if err := s.run("CREATE DATABASE " + name); err != nil {
		tb.Fatal(err)
	}
	return s.dsn(name)
}

// start runs the server, and beside it a shell that ends the server when we die.
func (s *Server) start() error {
	if s.port == 0 {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return err
		}
		s.port = l.Addr().(*net.TCPAddr).Port
		l.Close()
	}
	log, err := os.OpenFile(s.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd = exec.Command(filepath.Join(s.bin, "postgres"), "-D", s.dir, "-p", strconv.Itoa(s.port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200")
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = "/", log, log
	if err := unprivileged(s.cmd, s.dir); err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.gone = make(chan struct{})
	go func(cmd *exec.Cmd, gone chan struct{}) {
		_ = cmd.Wait() // a crash is what we want
		close(gone)
	}(s.cmd, s.gone)
	s.watch = exec.Command("sh", "-c", `read -r _; kill -QUIT "$1" 2>/dev/null`, "sh", strconv.Itoa(s.cmd.Process.Pid))
	if s.hold, err = s.watch.StdinPipe(); err != nil {
		return err
	}
	return s.watch.Start()
}

func (s *Server) end() {
	if s.hold == nil {
		return
	}
	s.hold.Close()
	_ = s.watch.Wait() // the server may be gone already
	s.hold = nil
	<-s.gone
}

// answers waits until the server takes a connection; false if it ended.
func (s *Server) answers(until time.Time) bool {
	for time.Now().Before(until) {
		if s.run("SELECT 1") == nil {
			return true
		}
		select {
		case <-s.gone:
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
	return false
}

func (s *Server) run(sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	_, err = c.Exec(ctx, sql)
	return err
}

func (s *Server) dsn(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

func (s *Server) log() string { return filepath.Join(s.dir, "test.log") }
