package main

import (
	"net/http"
	"time"

	"go.uber.org/fx"
)

func newServer(lc fx.Lifecycle) *http.Server {
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	lc.Append(fx.Hook{OnStop: srv.Shutdown})
	go srv.ListenAndServe()
	return srv
}

func main() {
	fx.New(fx.Provide(newServer), fx.Invoke(func(*http.Server) {}), fx.StopTimeout(2*time.Minute)).Run() // want "shutdown may take 120 s, 30 s are allowed"
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
