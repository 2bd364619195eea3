// Command api serves through a package of its own and traps nothing.
package main

import "example.com/shop/internal/server"

func main() {
	server.Run(":8080")
}
