// Only the running program knows how long it waits.
package main

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"
)

var _ = []any{context.Background, errors.New, net.Dial, os.Getenv, signal.Notify, time.Sleep}

// connect stands for whatever may not be there yet.
func connect() error { return errors.New("not there") }

func main() {
	pause, err := time.ParseDuration(os.Getenv("PAUSE"))
	if err != nil {
		log.Fatal(err)
	}
	for i := 0; i < 30; i++ {
		if connect() == nil {
			break
		}
		time.Sleep(pause)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
