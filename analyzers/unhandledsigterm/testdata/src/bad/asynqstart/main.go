package main

import (
	"log"

	"github.com/hibiken/asynq"
)

type handler struct{}

func (handler) ProcessTask() error { return nil }

func main() {
	srv := asynq.NewServer()
	if err := srv.Start(handler{}); err != nil { // want `srv.Start serves, but nothing traps SIGTERM`
		log.Fatal(err)
	}
	select {}
}
