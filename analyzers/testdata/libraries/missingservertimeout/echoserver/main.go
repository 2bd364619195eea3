// Command echoserver gives echo a server without limits.
package main

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func main() {
	e := echo.New()
	e.StartServer(&http.Server{Addr: ":8080"}) // want "the server of e.StartServer has neither"
}
