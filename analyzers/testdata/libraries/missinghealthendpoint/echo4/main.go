// Command echo4 answers health checks below a group of echo.
package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func main() {
	e := echo.New()
	e.Use(middleware.RequestID(), middleware.Recover())
	e.GET("/metrics", echo.WrapHandler(promhttp.Handler()))
	system := e.Group("/system", middleware.Gzip())
	system.GET("/alive", ok)
	system.Add(http.MethodGet, "/ready", ok)
	e.Start(":8080") // want "^no route for /startup$"
}

func ok(c echo.Context) error { return c.NoContent(http.StatusOK) }
