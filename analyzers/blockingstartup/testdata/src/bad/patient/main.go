// A dial without a timeout.
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
	for i := 0; i < 3; i++ {
		conn, err := net.Dial("tcp", "db:5432") // want `net.Dial in a loop before the service listens has no timeout`
		if err == nil {
			conn.Close()
			break
		}
		time.Sleep(time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
