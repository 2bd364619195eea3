// Command fiber reads the header by itself.
package main

import (
	"log"

	"github.com/gofiber/fiber/v2"
)

func main() {
	app := fiber.New()
	app.Use(func(c *fiber.Ctx) error {
		c.Locals("id", c.Get("X-Request-Id"))
		return c.Next()
	})
	app.Get("/orders", func(c *fiber.Ctx) error { return nil })
	log.Fatal(app.Listen(":8080"))
}
