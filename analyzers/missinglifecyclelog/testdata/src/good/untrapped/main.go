package main

import (
	"log"
	"net/http"
)

func main() {
	log.Print("serving")
	http.ListenAndServe(":8080", nil)
}
