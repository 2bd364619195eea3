package main

import (
	"net/http"
	"net/http/httputil"
	"net/url"
)

func main() {
	target, _ := url.Parse("http://backend.example")
	http.Handle("/", httputil.NewSingleHostReverseProxy(target))
	http.ListenAndServe(":8080", nil)
}
