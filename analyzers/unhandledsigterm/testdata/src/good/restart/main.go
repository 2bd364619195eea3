package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// The loop goes on until run says that the program was told to stop.
func main() {
	for {
		if err := run(); err != nil {
			log.Print(err)
			time.Sleep(time.Second)
		}
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go func() {
		<-ctx.Done()
		srv.Shutdown(context.Background())
		os.Exit(0)
	}()
	return srv.ListenAndServe()
}
