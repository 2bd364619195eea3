// The pause grows with the attempts, which are counted in the loop.
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
	attempt := 0
	for { // want `start may wait 45 s before it listens`
		err := connect()
		if err == nil {
			break
		}
		attempt++
		if attempt >= 10 {
			log.Fatal(err)
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
