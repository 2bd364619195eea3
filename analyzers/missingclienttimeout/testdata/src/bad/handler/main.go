package main

import (
	"net/http"

	"bad/handler/stock"
)

func main() {
	client := stock.New() // the finding lies in package stock
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { client.Ask(r.Context()) })
	http.ListenAndServe(":8080", nil)
}
