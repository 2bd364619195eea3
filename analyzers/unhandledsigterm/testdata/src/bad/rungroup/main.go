package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"github.com/oklog/run"
)

func main() {
	var g run.Group
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	g.Add(func() error {
		return srv.ListenAndServe() // want `only SIGINT is trapped while srv.ListenAndServe serves`
	}, func(error) {
		srv.Shutdown(context.Background())
	})
	g.Add(run.SignalHandler(context.Background(), os.Interrupt))
	log.Fatal(g.Run())
}
