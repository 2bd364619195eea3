package sig

import (
	"context"
	"os"
	"os/signal"
)

func Context() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	c := make(chan os.Signal, 1)
	signal.Notify(c, shutdownSignals...)
	go func() {
		<-c
		cancel()
	}()
	return ctx
}
