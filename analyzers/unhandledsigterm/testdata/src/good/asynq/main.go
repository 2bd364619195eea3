package main

import (
	"log"

	"github.com/hibiken/asynq"
)

func main() {
	log.Fatal(asynq.NewServer().Run(nil))
}
