// Command gin has the middleware of gin-contrib.
package main

import (
	"log"

	"github.com/gin-contrib/requestid"
	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.Use(requestid.New())
	r.GET("/orders", func(c *gin.Context) {})
	log.Fatal(r.Run(":8080"))
}
