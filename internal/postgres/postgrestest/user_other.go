//go:build !unix

package postgrestest

import "os/exec"

// unprivileged does nothing: there is no root here.
func unprivileged(*exec.Cmd, string) error { return nil }
