package main

import (
	"log"
	"net/http"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {})
	http.ListenAndServe(":8080", quiet(mux)) // want "^no route for /ready and /startup$"
}

// quiet leaves a path out of the log that nobody answers.
func quiet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ready" {
			next.ServeHTTP(w, r)
			return
		}
		log.Println(r.URL.Path)
		next.ServeHTTP(w, r)
	})
}
