package main

import (
	"log"
	"time"

	"github.com/hibiken/asynq"
)

func main() {
	srv := asynq.NewServer(asynq.RedisClientOpt{Addr: "localhost:6379"}, asynq.Config{
		ShutdownTimeout: 5 * time.Minute, // want "shutdown may take 300 s"
	})
	if err := srv.Run(asynq.NewServeMux()); err != nil {
		log.Fatal(err)
	}
}
