// Package main defers a function that closes no more than a file.
package main

import (
	"log"
	"os"
)

func main() {
	cleanup := open()
	defer cleanup()
	log.Fatal("x")
}

func open() func() error {
	f, err := os.Create("x")
	if err != nil {
		return func() error { return nil }
	}
	return f.Close
}
