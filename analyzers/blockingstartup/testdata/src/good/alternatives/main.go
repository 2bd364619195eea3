// One sleep or the other, not both.
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
	if os.Getenv("SLOW") != "" {
		time.Sleep(7 * time.Second)
	} else {
		time.Sleep(5 * time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
