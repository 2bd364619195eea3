// Package signals is a stub of the real library, for tests.
package signals

import (
	"context"
	_ "os/signal"
)

func SetupSignalHandler() context.Context { return context.Background() }
