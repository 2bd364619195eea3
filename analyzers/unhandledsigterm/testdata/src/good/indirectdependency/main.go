package main

import (
	"log"
	"net/http"

	"example.org/indirect"
)

func main() {
	indirect.Setup()
	log.Print(http.ListenAndServe(":8080", http.NewServeMux()))
}
