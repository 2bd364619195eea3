package main

import (
	"log"
	"net/http"
)

type server interface{ ListenAndServe() error }

func serve[S server](s S) error { return s.ListenAndServe() }

func must[T any](f func(T) error, t T) {
	if err := f(t); err != nil {
		log.Fatal(err)
	}
}

func main() {
	must(func(addr string) error {
		return http.ListenAndServe(addr, http.NewServeMux()) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
	}, ":8080")
}
