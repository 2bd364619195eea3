// Command ginserver gives gin's handler to a server with limits.
package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: gin.Default()}
	srv.ReadTimeout = 10 * time.Second
	srv.ListenAndServe()
}
