package main

import (
	"io"
	"log"
	"net/http"
)

func main() {
	log.SetOutput(writer())
	log.Print("serving")
	http.ListenAndServe(":8080", nil)
}

var writers []io.Writer

func writer() io.Writer { return writers[0] }
