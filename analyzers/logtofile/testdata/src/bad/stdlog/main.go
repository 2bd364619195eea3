package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	file, _ := os.OpenFile("app.log", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	log.SetOutput(file) // want "the log goes to app.log instead of a standard stream"
	http.ListenAndServe(":8080", nil)
}
