// Command ginown writes its own access log.
package main

import (
	"log/slog"
	"time"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.Use(func(c *gin.Context) {
		begin := time.Now()
		c.Next()
		slog.Info("request", "status", c.Writer.Status(), "duration", time.Since(begin).Seconds())
	})
	r.Run(":8080")
}
