package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	file, err := os.Create("app.log")
	if err != nil {
		log.Fatal(err)
	}
	logger := log.New(file, "", 0) // want "the log goes to app.log"
	logger.Print("serving")
	http.ListenAndServe(":8080", nil)
}
