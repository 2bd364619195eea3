package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cobra.Command{Use: "shop", RunE: serve}
	root.ExecuteContext(ctx)
}

func serve(cmd *cobra.Command, args []string) error {
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go srv.ListenAndServe()
	<-cmd.Context().Done()
	return srv.Shutdown(cmd.Context()) // want "the context of srv.Shutdown is already done"
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
