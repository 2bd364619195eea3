package main

import (
	"net/http"
	"os"
)

var checks = []string{"healthz", "readyz"}

func main() {
	base := os.Getenv("BASE_PATH")
	mux := http.NewServeMux()
	for _, name := range checks {
		mux.HandleFunc(base+"/"+name, func(w http.ResponseWriter, r *http.Request) {})
	}
	mux.Handle("/", &rest{})
	http.ListenAndServe(":8080", mux)
}

type rest struct{}

func (*rest) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/startup" {
		w.WriteHeader(http.StatusNoContent)
	}
}
