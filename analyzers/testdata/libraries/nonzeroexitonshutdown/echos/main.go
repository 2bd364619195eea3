package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/labstack/echo/v4"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	e := echo.New()
	go func() {
		if err := e.Start(":8080"); err != nil {
			e.Logger.Fatal(err) // want "exit code 1 after a clean shutdown"
		}
	}()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	e.Shutdown(drain)
}
