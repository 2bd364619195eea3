package main

import (
	"log"

	"callers/book"
)

func start() (func(), error) { return func() {}, nil }

func main() {
	cleanup, err := start()
	if err != nil {
		log.Fatal(err)
	}
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
