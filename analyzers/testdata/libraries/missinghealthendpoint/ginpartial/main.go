// Command ginpartial answers some health checks with gin.
package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.Use(gin.Recovery())
	api := r.Group("/api")
	api.GET("/orders/:id", order)
	register(api.Group("/internal"))
	r.Static("/assets", "./assets")
	r.NoRoute(func(c *gin.Context) { c.Status(http.StatusNotFound) })
	r.POST("/ready", order) // nobody asks by POST
	r.Run(":8080")          // want "^no route for /ready and /startup$"
}

func register(r gin.IRoutes) {
	r.GET("/healthz", func(c *gin.Context) { c.Status(http.StatusOK) })
}

func order(c *gin.Context) { c.Status(http.StatusNotFound) }
