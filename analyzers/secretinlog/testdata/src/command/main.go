package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	token := os.Getenv("API_TOKEN")
	fmt.Println(token)
	log.Println(token) // want `os.Getenv\("API_TOKEN"\) is logged`
}
