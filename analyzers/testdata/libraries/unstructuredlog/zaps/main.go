// Command zaps logs with zap's preset for development.
package main

import (
	"context"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"go.uber.org/zap"
)

func main() {
	logger, err := zap.NewDevelopment() // want "zap.NewDevelopment writes text"
	if err != nil {
		panic(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: 10 * time.Second}
	go srv.ListenAndServe()
	logger.Info("serving", zap.String("address", srv.Addr))
	<-ctx.Done()
	srv.Shutdown(context.WithoutCancel(ctx))
}
