package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	file, _ := os.OpenFile("/dev/stdout", os.O_WRONLY, 0)
	log.SetOutput(file)
	http.ListenAndServe(":8080", nil)
}
