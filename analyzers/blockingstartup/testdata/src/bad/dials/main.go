// Each attempt may take its timeout too.
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
	for i := 0; i < 5; i++ { // want `start may wait 30 s before it listens`
		conn, err := net.DialTimeout("tcp", "db:5432", 5*time.Second)
		if err == nil {
			conn.Close()
			break
		}
		time.Sleep(time.Second)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
