// Five seconds are within the limit.
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
	for i := 0; i < 5; i++ {
		if connect() == nil {
			break
		}
		time.Sleep(time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
