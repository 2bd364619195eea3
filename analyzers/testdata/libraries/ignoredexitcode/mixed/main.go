// Package main is a service with a job beside it: only the job is judged.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "shop"}
	root.AddCommand(
		&cobra.Command{Use: "serve", RunE: serve},
		&cobra.Command{Use: "migrate", RunE: migrate},
	)
	if err := root.Execute(); err != nil {
		os.Exit(1)
	}
}

func serve(cmd *cobra.Command, args []string) error {
	if err := warm(); err != nil {
		log.Println(err)
		return nil
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080"}
	go func() {
		<-ctx.Done()
		srv.Shutdown(context.Background())
	}()
	return srv.ListenAndServe()
}

func migrate(cmd *cobra.Command, args []string) error {
	if err := warm(); err != nil {
		log.Println(err)
		return nil // want "failure of warm ends with exit code 0; return the error"
	}
	return nil
}

func warm() error { return nil }
