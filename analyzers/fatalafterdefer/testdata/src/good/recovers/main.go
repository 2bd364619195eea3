// Package main flushes only after a panic.
package main

import (
	"bufio"
	"log"
	"os"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer func() {
		if r := recover(); r != nil {
			w.Flush()
			panic(r)
		}
	}()
	log.Fatal("x")
}
