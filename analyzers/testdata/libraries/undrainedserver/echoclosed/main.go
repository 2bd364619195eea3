package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/labstack/echo/v4"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	e := echo.New()
	go e.Start(":8080")
	<-ctx.Done()
	e.Close() // want "e.Close drops open requests on SIGTERM; call e.Shutdown"
}
