// Command spread serves with parts from other packages, which it knows through
// interfaces only.
package main

import (
	"net/http"

	"example/spread/api"
	"example/spread/jobs"
	"example/spread/store"
)

func main() {
	handler := api.New(store.Open())
	handler.Run(jobs.All()...)
	http.ListenAndServe(":8080", handler.Routes())
}
