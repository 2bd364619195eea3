// Command echo5 answers all health checks with echo v5.
package main

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v5"
)

func main() {
	e := echo.New()
	e.GET("/health", ok)
	e.GET("/ready", ok)
	g := e.Group("/probes")
	g.GET("/startup", ok)
	sc := echo.StartConfig{Address: ":8080"}
	sc.Start(context.Background(), e)
}

func ok(c *echo.Context) error { return c.NoContent(http.StatusOK) }
