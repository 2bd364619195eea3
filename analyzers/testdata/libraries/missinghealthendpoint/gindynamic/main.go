// Command gindynamic reads the path of a health check from its environment.
package main

import (
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.GET(os.Getenv("HEALTH_PATH"), func(c *gin.Context) { c.Status(http.StatusOK) })
	r.Run(":8080")
}
