// Command chicomplete answers all health checks below a prefix.
package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

type server struct{ *chi.Mux }

func main() {
	s := &server{chi.NewRouter()}
	s.routes("/internal")
	http.ListenAndServe(":8080", s)
}

func (s *server) routes(prefix string) {
	s.Get(prefix+"/healthz", s.ok)
	s.check("/ready")
	s.check("/startup")
}

func (s *server) check(path string) { s.MethodFunc(http.MethodGet, path, s.ok) }

func (s *server) ok(w http.ResponseWriter, r *http.Request) {}
