// Package stop tells when to stop.
package stop

import (
	"context"
	"os/signal"
	"syscall"
)

// Context returns a context that ends with SIGTERM.
func Context() context.Context {
	ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	return ctx
}
