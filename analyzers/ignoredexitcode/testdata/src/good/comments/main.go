// Package main says why a failure does not matter.
package main

import "log"

func main() {
	if err := work(); err != nil {
		// A hook must never fail the commit.
		log.Println(err)
		return
	}
	if err := work(); err != nil {
		log.Println(err) // best effort
	}
}

func work() error { return nil }
