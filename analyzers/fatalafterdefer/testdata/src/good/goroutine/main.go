// Package main does not exit on the main goroutine while something is deferred.
package main

import (
	"bufio"
	"log"
	"os"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	go serve()
	register(serve)
}

func register(func()) {}

func serve() {
	if len(os.Args) > 1 {
		log.Fatal("x")
	}
}
