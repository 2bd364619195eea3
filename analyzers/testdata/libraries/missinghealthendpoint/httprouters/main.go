// Command httprouters builds its routes with httprouter.
package main

import (
	"net/http"

	"github.com/julienschmidt/httprouter"
)

func main() {
	r := httprouter.New()
	r.GET("/health", func(w http.ResponseWriter, r *http.Request, _ httprouter.Params) {})
	r.HandlerFunc(http.MethodGet, "/ready", ok)
	r.Handler("GET", "/startup", http.HandlerFunc(ok))
	r.ServeFiles("/files/*filepath", http.Dir("files"))
	http.ListenAndServe(":8080", r)
}

func ok(w http.ResponseWriter, r *http.Request) {}
