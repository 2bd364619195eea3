package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	app := fiber.New()
	go app.Listen(":8080")
	<-ctx.Done()
	app.ShutdownWithTimeout(20 * time.Second)
}
