// Command ginruns lets gin make its server.
package main

import "github.com/gin-gonic/gin"

func main() {
	r := gin.Default()
	r.Run(":8080") // want "r.Run serves without a limit"
}
