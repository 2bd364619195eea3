// The failure goes on with the next attempt, in another function.
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

const (
	attempts = 12
	pause    = 5 * time.Second
)

func wait() error {
	for range attempts { // want `start may wait 12 × 5 s before it listens`
		if err := connect(); err != nil {
			log.Print(err)
			time.Sleep(pause)
			continue
		}
		return nil
	}
	return errors.New("gave up")
}

func main() {
	if err := wait(); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
