// Command fibers serves with fasthttp, which has limits of its own kind.
package main

import "github.com/gofiber/fiber/v2"

func main() { fiber.New().Listen(":8080") }
