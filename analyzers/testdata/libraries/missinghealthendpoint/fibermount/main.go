// Command fibermount mounts one application of fiber in another.
package main

import "github.com/gofiber/fiber/v2"

func main() {
	checks := fiber.New()
	checks.Get("/live", ok)
	checks.Get("/ready", ok)
	checks.All("/startup", ok)
	app := fiber.New()
	app.Mount("/internal", checks)
	app.Route("/v1", func(r fiber.Router) { r.Get("/orders", ok) })
	app.Listen(":8080")
}

func ok(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusOK) }
