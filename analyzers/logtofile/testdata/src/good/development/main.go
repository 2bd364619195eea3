package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	if os.Getenv("APP_ENV") == "development" {
		file, _ := os.Create("app.log")
		log.SetOutput(file)
	}
	http.ListenAndServe(":8080", nil)
}
