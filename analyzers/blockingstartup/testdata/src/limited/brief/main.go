// A second is more than an organisation may allow.
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
	time.Sleep(2 * time.Second) // want `start sleeps 2 s before it listens, 1 s is allowed`
	log.Fatal(http.ListenAndServe(":8080", nil))
}
