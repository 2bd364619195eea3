package main

import (
	"context"
	"good/helperpackage/sig"
	"net/http"
)

func main() {
	ctx := sig.Context()
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go srv.ListenAndServe()
	<-ctx.Done()
	srv.Shutdown(context.Background())
}
