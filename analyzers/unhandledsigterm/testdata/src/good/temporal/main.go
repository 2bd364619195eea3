package main

import (
	"log"

	"go.temporal.io/sdk/worker"
)

func main() {
	log.Fatal(worker.New().Run(worker.InterruptCh()))
}
