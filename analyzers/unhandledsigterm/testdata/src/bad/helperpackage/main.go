package main

import (
	"bad/helperpackage/sig"
	"context"
	"net/http"
)

func main() {
	ctx := sig.Context()
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go srv.ListenAndServe() // want `only SIGINT is trapped while srv.ListenAndServe serves`
	<-ctx.Done()
	srv.Shutdown(context.Background())
}
