// Command chilogs installs an access log of chi.
package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func main() {
	router := chi.NewRouter()
	router.Use(middleware.Logger) // want "middleware.Logger writes its access log as text"
	http.ListenAndServe(":8080", router)
}
