package main

import "net/http"

func main() {
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		http.Get("http://stock.example/health") // another service's
	})
	http.HandleFunc("/healthy-recipes", func(w http.ResponseWriter, r *http.Request) {})
	http.HandleFunc("/ping", func(w http.ResponseWriter, r *http.Request) {})
	http.ListenAndServe(":8080", nil) // want "^no route for /health, /ready and /startup$"
}
