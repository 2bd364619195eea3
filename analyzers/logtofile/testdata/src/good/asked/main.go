package main

import (
	"flag"
	"log"
	"net/http"
	"os"
)

func main() {
	path := flag.String("log", "", "where to log")
	flag.Parse()
	if *path != "" {
		setUp(*path)
	}
	http.ListenAndServe(":8080", nil)
}

func setUp(path string) {
	file, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	log.SetOutput(file)
}
