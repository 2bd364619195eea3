// A counted loop.
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
	for i := 0; i < 30; i++ { // want `start may wait 30 × 2 s before it listens, 10 s are allowed`
		if err := connect(); err == nil {
			break
		}
		time.Sleep(2 * time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
