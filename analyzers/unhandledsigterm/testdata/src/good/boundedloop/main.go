package main

import (
	"log"
	"time"
)

func main() {
	for range 10 {
		log.Print("again")
		time.Sleep(time.Second)
	}
}
