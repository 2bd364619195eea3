package main

import (
	"log"
	"net/http"
)

type runner interface{ run() error }

type api struct{ addr string }

func (a *api) run() error {
	return http.ListenAndServe(a.addr, http.NewServeMux()) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
}

type job struct{}

func (job) run() error { return nil }

func main() {
	for _, r := range []runner{job{}, &api{":8080"}} {
		if err := r.run(); err != nil {
			log.Fatal(err)
		}
	}
}
