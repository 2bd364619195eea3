package main

import (
	"net"
	"net/http"
	"strings"
	"time"

	"example/shop/api"
	"example/shop/routes"
)

const base = "/api"

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders/{id}", api.Order)
	mux.Handle("POST example.org"+base+"/orders", http.HandlerFunc(api.Create))
	for _, path := range []string{"/live", "/ready"} {
		mux.HandleFunc(path, api.Health)
	}
	for _, r := range []struct {
		path    string
		handler http.HandlerFunc
	}{{"/a", api.Order}, {"/b", api.Create}} {
		mux.HandleFunc(r.path, r.handler)
	}
	admin := http.NewServeMux()
	admin.HandleFunc("/users", api.Order)
	mux.Handle("/admin/", http.StripPrefix("/admin", admin))
	routes.Register(mux, "/v1")
	routes.Add(mux, routes.Table())
	add := func(path string) { mux.HandleFunc(path, api.Order) }
	add("/closure")
	mux.Handle("/", &dispatch{})

	srv := &http.Server{Addr: ":8080", Handler: logged(mux), ReadTimeout: time.Second}
	go http.ListenAndServe("localhost:6060", nil)
	go serveMetrics()
	srv.ListenAndServe()
}

func serveMetrics() {
	l, _ := net.Listen("tcp", ":9090")
	http.Serve(l, http.FileServer(http.Dir(".")))
}

type dispatch struct{}

func (d *dispatch) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/startup":
		w.WriteHeader(http.StatusOK)
	case "/info":
		w.WriteHeader(http.StatusNoContent)
	}
	if strings.HasPrefix(r.URL.Path, "/files/") {
		return
	}
}

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/skipped" {
			next.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
