// Command echo has middlewares, but none for ids.
package main

import (
	"log"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.Recover())
	e.GET("/orders", func(c echo.Context) error { return c.NoContent(204) })
	log.Fatal(e.Start(":8080")) // want "no handler of e reads or makes a correlation id"
}
