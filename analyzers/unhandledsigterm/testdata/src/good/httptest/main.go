package main

import (
	"net/http"
	"net/http/httptest"
	"time"
)

func main() {
	srv := httptest.NewServer(http.NewServeMux())
	defer srv.Close()
	select {
	case <-time.After(time.Second):
	}
}
