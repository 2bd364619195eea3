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
	root.Flags().Duration("grace", time.Minute, "how long a shutdown may take")
	root.Execute()
}

func serve(cmd *cobra.Command, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go srv.ListenAndServe()
	<-ctx.Done()
	grace, _ := cmd.Flags().GetDuration("grace")
	drain, cancel := context.WithTimeout(context.Background(), grace) // want "shutdown may take 60 s, 30 s are allowed"
	defer cancel()
	return srv.Shutdown(drain)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
