// Command fiberlogs installs access logs of fiber.
package main

import (
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/logger"
)

func main() {
	app := fiber.New()
	app.Use(logger.New()) // want "logger.New writes its access log as text"
	app.Use(logger.New(logger.Config{Format: `{"path":"${path}"}`}))
	app.Listen(":8080")
}
