// The call of a helper says how often and how long.
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

func retry(attempts int, pause time.Duration, do func() error) (err error) {
	for i := 0; i < attempts; i++ {
		if err = do(); err == nil {
			return nil
		}
		time.Sleep(pause)
	}
	return err
}

func main() {
	if err := retry(20, 3*time.Second, connect); err != nil { // want `start may wait 20 × 3 s before it listens`
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
