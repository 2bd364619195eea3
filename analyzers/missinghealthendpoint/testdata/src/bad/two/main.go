package main

import (
	"net/http"
	"net/http/pprof"
)

func main() {
	side := http.NewServeMux()
	side.HandleFunc("/debug/pprof/", pprof.Index)
	go http.ListenAndServe(":6060", side)

	checks := http.NewServeMux()
	checks.HandleFunc("/live", func(w http.ResponseWriter, r *http.Request) {})
	go http.ListenAndServe(":8081", checks)

	mux := http.NewServeMux()
	mux.HandleFunc("POST /ready", func(w http.ResponseWriter, r *http.Request) {}) // nobody asks by POST
	http.ListenAndServe(":8080", mux)                                              // want "^no route for /ready and /startup$"
}
