// Command echostart lets echo make its server.
package main

import "github.com/labstack/echo/v4"

func main() {
	e := echo.New()
	e.Logger.Fatal(e.Start(":8080")) // want "the server of e.Start has neither ReadHeaderTimeout nor ReadTimeout"
}
