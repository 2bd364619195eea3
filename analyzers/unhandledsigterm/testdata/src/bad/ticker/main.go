package main

import (
	"log"
	"time"
)

func main() {
	ticker := time.NewTicker(time.Minute)
	for range ticker.C { // want `the endless loop runs, but nothing traps SIGTERM`
		log.Print("tick")
	}
}
