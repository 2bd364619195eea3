// Command gorillas builds its routes with gorilla/mux.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/handlers"
	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter().StrictSlash(true)
	r.Methods(http.MethodGet).Path("/healthz").HandlerFunc(ok)
	api := r.PathPrefix("/api").Subrouter()
	api.HandleFunc("/started", ok).Methods("GET", "HEAD").Name("started")
	api.Path("/ready").Methods("POST").Handler(http.HandlerFunc(ok))
	r.PathPrefix("/static/").Handler(http.StripPrefix("/static/", http.FileServer(http.Dir("static"))))
	log.Fatal(http.ListenAndServe(":8080", handlers.LoggingHandler(os.Stdout, r))) // want "^no route for /ready$"
}

func ok(w http.ResponseWriter, r *http.Request) {}
