package main

import (
	"log"
	"time"

	"github.com/hibiken/asynq"
)

func main() {
	srv := asynq.NewServer(asynq.RedisClientOpt{Addr: "localhost:6379"}, asynq.Config{ShutdownTimeout: 20 * time.Second})
	if err := srv.Run(asynq.NewServeMux()); err != nil {
		log.Fatal(err)
	}
}
