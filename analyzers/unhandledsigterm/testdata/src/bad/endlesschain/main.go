package main

import (
	"context"
	"log"
	"net/http"
)

// The context that never ends is passed on to where it would be waited for.
func main() {
	log.Fatal(newApp().start(context.Background())) // want `a.srv.ListenAndServe serves, but nothing traps SIGTERM`
}

type app struct{ srv *http.Server }

func newApp() *app { return &app{&http.Server{Addr: ":8080", Handler: http.NewServeMux()}} }

func (a *app) start(ctx context.Context) error { return a.serve(ctx) }

func (a *app) serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { a.srv.Shutdown(context.Background()) })
	defer stop()
	go func() {
		<-ctx.Done()
		log.Print("stopping")
	}()
	return a.srv.ListenAndServe()
}
