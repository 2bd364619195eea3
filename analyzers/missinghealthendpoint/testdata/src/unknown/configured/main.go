package main

import (
	"net/http"
	"os"
)

func main() {
	http.HandleFunc(os.Getenv("CHECK"), func(w http.ResponseWriter, r *http.Request) {})
	http.ListenAndServe(":8080", nil)
}
