package main

import (
	"context"
	"log"
	"net/http"
	"syscall"

	"github.com/oklog/run"
)

func main() {
	var g run.Group
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	g.Add(srv.ListenAndServe, func(error) { srv.Shutdown(context.Background()) })
	g.Add(run.SignalHandler(context.Background(), syscall.SIGINT, syscall.SIGTERM))
	log.Fatal(g.Run())
}
