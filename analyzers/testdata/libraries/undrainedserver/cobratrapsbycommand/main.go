package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "shop"}
	root.AddCommand(&cobra.Command{Use: "serve", Run: serve}, &cobra.Command{Use: "docs", Run: docs})
	if err := root.Execute(); err != nil {
		log.Fatal(err)
	}
}

func serve(cmd *cobra.Command, args []string) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go srv.ListenAndServe()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	srv.Shutdown(drain)
}

// Its end is nobody's concern.
func docs(cmd *cobra.Command, args []string) {
	http.ListenAndServe("localhost:8081", http.HandlerFunc(hello))
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
