package main

import (
	"context"
	"net/http"

	"go.uber.org/fx"
)

func newServer(lc fx.Lifecycle) *http.Server {
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	lc.Append(fx.Hook{
		OnStart: func(context.Context) error {
			go srv.ListenAndServe()
			return nil
		},
		OnStop: func(ctx context.Context) error { return srv.Shutdown(ctx) },
	})
	return srv
}

func main() {
	fx.New(fx.Provide(newServer), fx.Invoke(func(*http.Server) {})).Run()
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
