package routes

import (
	"fmt"
	"net/http"

	"example/shop/api"
)

type Route struct {
	Method, Path string
	Handler      http.HandlerFunc
}

func Register(mux *http.ServeMux, prefix string) {
	mux.HandleFunc(prefix+"/items", api.Order)
	one(mux, fmt.Sprintf("%s/%s", prefix, "lists"))
}

func one(mux *http.ServeMux, path string) { mux.HandleFunc("GET "+path, api.Create) }

func Table() []Route {
	return []Route{{"GET", "/table/one", api.Order}, {Path: "/table/two", Handler: api.Create}}
}

func Add(mux *http.ServeMux, table []Route) {
	for _, r := range table {
		mux.HandleFunc(r.Path, r.Handler)
	}
}
