// Command echofive lets echo v5 make its server, which has limits.
package main

import "github.com/labstack/echo/v5"

func main() {
	e := echo.New()
	e.Start(":8080")
}
