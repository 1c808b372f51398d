//go:build unix

package postgrestest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"sync"
	"syscall"
)

// unprivileged makes cmd run as the user postgres if we are root, because
// Postgres refuses to run as root, and gives that user the folder dir.
func unprivileged(cmd *exec.Cmd, dir string) error {
	if os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := runner()
	if err != nil {
		return err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: gid}}
	return yield(dir)
}

// yield gives a file to the user postgres if we are root.
func yield(file string) error {
	if os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := runner()
	if err != nil {
		return err
	}
	return os.Chown(file, int(uid), int(gid))
}

// runner is the user postgres, looked up once.
var runner = func() func() (uint32, uint32, error) {
	look := sync.OnceValues(func() ([2]uint32, error) {
		u, err := user.Lookup("postgres")
		if err != nil {
			return [2]uint32{}, err
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return [2]uint32{}, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		return [2]uint32{uint32(uid), uint32(gid)}, err
	})
	return func() (uint32, uint32, error) {
		ids, err := look()
		return ids[0], ids[1], err
	}
}()
