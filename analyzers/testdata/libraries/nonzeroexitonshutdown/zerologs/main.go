package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	logger := zerolog.New(os.Stdout)
	go func() {
		if err := srv.ListenAndServe(); err != nil {
			logger.Fatal().Err(err).Msg("serve") // want "exit code 1 after a clean shutdown"
		}
	}()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	srv.Shutdown(drain)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
