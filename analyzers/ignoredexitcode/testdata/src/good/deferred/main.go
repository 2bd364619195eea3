// Package main makes its exit code in a deferred function.
package main

import (
	"log"
	"os"
)

func main() {
	code := 1
	defer func() { os.Exit(code) }()
	if err := work(); err != nil {
		log.Println(err)
		return
	}
	code = 0
}

func work() error { return nil }
