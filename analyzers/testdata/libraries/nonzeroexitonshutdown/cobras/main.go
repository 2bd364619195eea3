package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "shop", RunE: serve}
	if err := root.Execute(); err != nil {
		os.Exit(1) // want "exit code 1 after a clean shutdown: os.Exit gets"
	}
}

func serve(cmd *cobra.Command, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-ctx.Done()
		drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		srv.Shutdown(drain)
	}()
	err := srv.ListenAndServe()
	<-done
	return err
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
