// The service listens while a goroutine waits.
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
	go func() {
		for connect() != nil {
			time.Sleep(time.Second)
		}
	}()
	log.Fatal(http.ListenAndServe(":8080", nil))
}
