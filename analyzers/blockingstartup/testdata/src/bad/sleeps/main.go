// Sleeps add up.
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

func warm() { time.Sleep(4 * time.Second) }

func main() {
	time.Sleep(8 * time.Second) // want `start sleeps 12 s before it listens, 10 s are allowed`
	warm()
	log.Fatal(http.ListenAndServe(":8080", nil))
}
