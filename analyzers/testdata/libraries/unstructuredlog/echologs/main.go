// Command echologs installs access logs of echo.
package main

import (
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.Logger())
	e.Use(middleware.LoggerWithConfig(middleware.LoggerConfig{Skipper: middleware.DefaultSkipper}))
	e.Use(middleware.LoggerWithConfig(middleware.LoggerConfig{Format: "${method} ${uri}"})) // want "middleware.LoggerWithConfig writes its access log as text"
	e.Start(":8080")
}
