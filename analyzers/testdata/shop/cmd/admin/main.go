// Command admin serves through the same package and traps SIGTERM.
package main

import (
	"example.com/shop/internal/server"
	"example.com/shop/internal/stop"
)

func main() {
	go server.Run(":8081")
	<-stop.Context().Done()
}
