package main

import (
	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.Default()
	r.GET("/")
	r.Run() // want `r.Run serves, but nothing traps SIGTERM`
}
