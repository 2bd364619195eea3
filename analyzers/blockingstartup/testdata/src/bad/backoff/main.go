// The pause doubles.
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
	pause := time.Second
	for attempt := 0; attempt < 6; attempt++ { // want `start may wait 1 m 3 s before it listens`
		if connect() == nil {
			break
		}
		time.Sleep(pause)
		pause *= 2
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
