package main

import (
	"log"
	"time"
)

func main() {
	for { // want `the endless loop runs, but nothing traps SIGTERM`
		if err := work(); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Minute)
	}
}

func work() error { return nil }
