// Command ginnew has middlewares, but no access log.
package main

import (
	"github.com/gin-contrib/requestid"
	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.Use(gin.Recovery(), requestid.New())
	r.Run(":8080") // want "nothing logs the requests of r.Run"
}
