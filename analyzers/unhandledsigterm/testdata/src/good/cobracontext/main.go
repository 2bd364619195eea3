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
	root := &cobra.Command{Use: "app"}
	root.AddCommand(&cobra.Command{Use: "serve", RunE: serve})
	if err := root.ExecuteContext(ctx); err != nil {
		os.Exit(1)
	}
}

func serve(cmd *cobra.Command, args []string) error {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go func() {
		<-cmd.Context().Done()
		srv.Shutdown(context.Background())
	}()
	return srv.ListenAndServe()
}
