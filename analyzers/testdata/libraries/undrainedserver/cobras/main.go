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
	root.AddCommand(&cobra.Command{Use: "serve", RunE: serve}, &cobra.Command{Use: "docs", RunE: docs})
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := root.ExecuteContext(ctx); err != nil {
		log.Fatal(err)
	}
}

func serve(cmd *cobra.Command, args []string) error {
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go srv.ListenAndServe()
	<-cmd.Context().Done()
	return srv.Close() // want "srv.Close drops open requests on SIGTERM"
}

func docs(cmd *cobra.Command, args []string) error { return nil }

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
