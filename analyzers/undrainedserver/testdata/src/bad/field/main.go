package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

type app struct {
	public, internal *http.Server
}

func newApp() *app {
	return &app{
		public:   &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)},
		internal: &http.Server{Addr: ":8081", Handler: http.HandlerFunc(hello)},
	}
}

func (a *app) run(ctx context.Context) {
	go a.internal.ListenAndServe()
	go a.public.ListenAndServe()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	a.internal.Shutdown(drain) // want `a.internal is shut down, a.public serves`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	newApp().run(ctx)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
