package main

import (
	"context"
	"log"
	"net/http"
)

func main() {
	if err := run(context.Background()); err != nil { // want `srv.ListenAndServe serves, but nothing traps SIGTERM`
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go func() {
		<-ctx.Done()
		srv.Shutdown(context.Background())
	}()
	return srv.ListenAndServe()
}
