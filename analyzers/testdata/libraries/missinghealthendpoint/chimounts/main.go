// Command chimounts mounts routers of chi in each other.
package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func main() {
	r := chi.NewRouter()
	r.Use(middleware.RequestID, middleware.Logger)
	r.Use(middleware.Heartbeat("/ping"))
	r.Route("/v1", func(r chi.Router) {
		r.With(middleware.NoCache).Get("/orders/{id}", order)
		r.Group(func(r chi.Router) {
			r.Get("/health-reports", order)
		})
	})
	r.Mount("/readyz", checks())
	r.Mount("/debug", middleware.Profiler())
	http.ListenAndServe(":8080", r) // want "^no route for /health and /startup$"
}

func checks() http.Handler {
	r := chi.NewRouter()
	r.Get("/", order)
	return r
}

func order(w http.ResponseWriter, r *http.Request) {}
