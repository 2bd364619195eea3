package main

import "net/http"

type app struct {
	server http.Server
	admin  *http.Server
}

func main() {
	a := &app{admin: newServer(":9090")}
	a.server.Addr = ":8080"
	go a.admin.ListenAndServe()
	a.server.ListenAndServe() // want "the server of a.server.ListenAndServe has neither"
}

func newServer(addr string) *http.Server {
	srv := new(http.Server) // want "the server of a.admin.ListenAndServe has neither"
	srv.Addr = addr
	return srv
}
