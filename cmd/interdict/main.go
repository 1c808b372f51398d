// Command interdict screens names, documents, payments and customer books
// against sanctions lists, and keeps the register of those lists.
//
// It promises the exit codes of package cli and holds no logic of its own: it
// never does anything that cli.Run does not do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"interdict/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	os.Exit(cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
