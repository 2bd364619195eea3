package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/gin-gonic/gin"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	router := gin.New()
	go router.Run(":8080") // want "router.Run gives no server to shut down and drops open requests on SIGTERM"
	<-ctx.Done()
}
