package main

import (
	"log"

	echo "github.com/labstack/echo/v5"
)

func main() {
	log.Fatal(echo.New().Start(":8080"))
}
