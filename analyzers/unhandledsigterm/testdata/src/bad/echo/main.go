package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/labstack/echo/v4"
)

func main() {
	e := echo.New()
	go func() { _ = e.Start(":8080") }() // want `only SIGINT is trapped while e.Start serves`
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	<-quit
	e.Shutdown(context.Background())
}
