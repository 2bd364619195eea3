package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want `only SIGINT is trapped while srv.ListenAndServe serves`
			log.Print(err)
		}
	}()
	<-ctx.Done()
	srv.Shutdown(context.Background())
}
