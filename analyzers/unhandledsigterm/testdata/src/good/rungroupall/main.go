package main

import (
	"context"
	"log"
	"net/http"

	"github.com/oklog/run"
)

func main() {
	var g run.Group
	g.Add(func() error { return http.ListenAndServe(":8080", http.NewServeMux()) }, func(error) {})
	g.Add(run.SignalHandler(context.Background()))
	log.Fatal(g.Run())
}
