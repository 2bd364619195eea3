// What comes after serving is the end.
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
	if err := http.ListenAndServe(":8080", nil); err != nil {
		log.Print(err)
	}
	time.Sleep(30 * time.Second)
}
