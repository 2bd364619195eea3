// Package main does as much of its work as it can.
package main

import (
	"log"
	"os"
)

func main() {
	for _, arg := range os.Args {
		if err := work(arg); err != nil {
			log.Println(err)
			continue
		}
	}
	if err := work("a"); err != nil {
		log.Println("a:", err)
	}
	if err := work("b"); err != nil {
		log.Println("b:", err)
	}
}

func work(string) error { return nil }
