package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	router, err := message.NewRouter(message.RouterConfig{CloseTimeout: 20 * time.Second}, nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := router.Run(ctx); err != nil {
		log.Fatal(err)
	}
}
