package main

import (
	"context"
	"log"
	"net/http"

	"golang.org/x/sync/errgroup"
)

func main() {
	g, ctx := errgroup.WithContext(context.Background())
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	g.Go(srv.ListenAndServe) // want `srv.ListenAndServe serves, but nothing traps SIGTERM`
	g.Go(func() error {
		<-ctx.Done()
		return nil
	})
	log.Fatal(g.Wait())
}
