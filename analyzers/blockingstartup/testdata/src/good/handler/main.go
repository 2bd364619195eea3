// A handler waits as long as its request.
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
	http.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		for connect() != nil {
			time.Sleep(time.Second)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
