package main

import (
	"log"

	"go.temporal.io/sdk/worker"
)

func main() {
	w := worker.New()
	log.Fatal(w.Run(nil)) // want `w.Run serves, but nothing traps SIGTERM`
}
