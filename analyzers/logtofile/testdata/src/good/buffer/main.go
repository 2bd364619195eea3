package main

import (
	"bytes"
	"io"
	"log"
	"net/http"
)

func main() {
	var buffer bytes.Buffer
	log.New(&buffer, "", 0).Print("serving")
	log.New(io.Discard, "", 0).Print("serving")
	http.ListenAndServe(":8080", nil)
}
