// Command echolimits sets limits on the server that echo makes.
package main

import (
	"time"

	"github.com/labstack/echo/v4"
)

func main() {
	e := echo.New()
	e.Server.ReadHeaderTimeout = 10 * time.Second
	e.Logger.Fatal(e.Start(":8080"))
}
