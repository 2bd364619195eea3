package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

func main() {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	unused := &http.Server{Addr: ":8080"}
	fmt.Println(srv.URL, unused.Addr)
}
