// Only what does not serve waits.
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
	if len(os.Args) > 1 && os.Args[1] == "wait" {
		for connect() != nil {
			time.Sleep(time.Second)
		}
		os.Exit(0)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
