// Nobody waits for the port of a worker.
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
	for connect() != nil {
		time.Sleep(time.Second)
	}
	for {
		time.Sleep(time.Minute)
		log.Print(connect(), http.MethodGet)
	}
}
