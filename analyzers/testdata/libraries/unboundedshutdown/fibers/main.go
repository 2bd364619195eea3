package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/gofiber/fiber/v2"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	app := fiber.New()
	go app.Listen(":8080")
	<-ctx.Done()
	app.Shutdown() // want "app.Shutdown waits without a deadline; use ShutdownWithTimeout or ShutdownWithContext"
}
