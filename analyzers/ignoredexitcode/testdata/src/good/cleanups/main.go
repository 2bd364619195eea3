// Package main fails only to clean up.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	f, err := os.Create("x")
	if err != nil {
		log.Fatal(err)
	}
	defer func() {
		if err := os.Remove("x"); err != nil {
			log.Println(err)
		}
	}()
	pushMetrics()
	if err := f.Close(); err != nil {
		log.Println("close:", err)
	}
}

func pushMetrics() {
	if err := sendMetrics(); err != nil {
		log.Println("push:", err)
	}
}

func sendMetrics() error { return nil }

func printAll() error { return nil }

func init() { _ = fmt.Sprint(printAll()) }
