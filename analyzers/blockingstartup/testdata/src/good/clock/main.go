// The clock ends the loop, in a way that cannot be computed.
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
	deadline := time.Now().Add(8 * time.Second)
	for {
		if connect() == nil {
			break
		}
		if time.Now().After(deadline) {
			log.Fatal("gave up")
		}
		time.Sleep(time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
