package main

import (
	"fmt"
	"log"

	"github.com/gin-gonic/gin"
)

func main() {
	log.Println("working")
	fmt.Println("done")
	_ = gin.Default()
}
