package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

type config struct {
	Grace   time.Duration `default:"90s"`
	Seconds int           `envDefault:"45"`
}

var settings config

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go func() {
		if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), settings.Grace) // want `shutdown may take 90 s`
	defer cancel()
	srv.Shutdown(drain)
	later, cancelLater := context.WithTimeout(context.Background(), time.Duration(settings.Seconds)*time.Second) // want `shutdown may take 45 s`
	defer cancelLater()
	srv.Shutdown(later)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
