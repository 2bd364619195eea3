// Nothing ends the loop but success.
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
	for { // want `start waits for ever in a loop that retries without a context or a deadline`
		err := connect()
		if err == nil {
			break
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
