// Command fiber2 answers health checks with fiber.
package main

import (
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/healthcheck"
	"github.com/gofiber/fiber/v2/middleware/logger"
)

func main() {
	app := fiber.New()
	app.Use(logger.New())
	app.Use(healthcheck.New()) // /livez and /readyz
	v1 := app.Group("/v1")
	v1.Get("/orders/:id", func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNotFound) })
	app.Listen(":8080") // want "^no route for /startup$"
}
