package main

import (
	"log"
	"net/http"

	"github.com/prometheus/exporter-toolkit/web"
)

func main() {
	srv := &http.Server{}
	log.Fatal(web.ListenAndServe(srv, nil, nil)) // want `web.ListenAndServe serves, but nothing traps SIGTERM`
}
