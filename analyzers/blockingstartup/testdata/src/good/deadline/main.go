// A context with a deadline ends the loop.
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
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Second)
	defer cancel()
	for {
		if connect() == nil {
			break
		}
		select {
		case <-ctx.Done():
			log.Fatal(ctx.Err())
		case <-time.After(time.Second):
		}
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
