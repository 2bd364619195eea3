package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

type app struct{ srv *http.Server }

func (a *app) start() { go a.srv.ListenAndServe() }

func (a *app) stop() {
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	a.srv.Shutdown(drain)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{srv: &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}}
	a.start()
	defer a.stop()
	<-ctx.Done()
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
