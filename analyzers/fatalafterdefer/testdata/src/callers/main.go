package main

import (
	"log"

	"callers/book"
)

func main() {
	cleanup := book.Open()
	defer cleanup()
	run()
	book.Write()
	book.Safe()
}

func run() {
	if err := book.Check(); err != nil {
		log.Fatal(err)
	}
}
