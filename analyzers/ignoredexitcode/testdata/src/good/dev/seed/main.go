// Package main only helps in development.
package main

import "log"

func main() {
	if err := work(); err != nil {
		log.Println(err)
		return
	}
}

func work() error { return nil }
