// Command gincomplete answers all health checks with gin.
package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.Default()
	checks := r.Group("/internal")
	for _, path := range []string{"/livez", "/readyz"} {
		checks.GET(path, ok)
	}
	r.Match([]string{http.MethodGet, http.MethodHead}, "/startup", ok)
	srv := &http.Server{Addr: ":8080", Handler: r.Handler(), ReadHeaderTimeout: 5 * time.Second}
	srv.ListenAndServe()
}

func ok(c *gin.Context) { c.Status(http.StatusOK) }
