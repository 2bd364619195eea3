// Command ginrun serves with gin, which offers no way to stop.
package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func main() {
	router := gin.New()
	router.GET("/orders", func(c *gin.Context) { c.Status(http.StatusNoContent) })
	router.Run(":8080") // want "router.Run serves, but nothing traps SIGTERM"
}
