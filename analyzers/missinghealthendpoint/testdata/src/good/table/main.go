package main

import "net/http"

type route struct {
	path    string
	handler http.HandlerFunc
}

func main() {
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.HandleFunc(r.path, r.handler)
	}
	http.ListenAndServe(":8080", mux)
}

func routes() []route {
	return []route{
		{"/internal/health", ok},
		{"/internal/ready", ok},
		{"/internal/startup", ok},
	}
}

func ok(w http.ResponseWriter, r *http.Request) {}
