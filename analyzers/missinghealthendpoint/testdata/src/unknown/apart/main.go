package main

import (
	"net/http"
	"strings"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		switch strings.Split(r.URL.Path, "/")[1] {
		case "health":
		case "orders":
			w.WriteHeader(http.StatusNotFound)
		}
	})
	http.ListenAndServe(":8080", nil)
}
