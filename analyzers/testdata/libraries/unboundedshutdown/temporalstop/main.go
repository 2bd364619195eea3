package main

import (
	"log"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "orders", worker.Options{WorkerStopTimeout: time.Minute}) // want "shutdown may take 60 s"
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
