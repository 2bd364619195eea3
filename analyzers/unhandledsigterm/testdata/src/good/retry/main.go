package main

import (
	"time"
)

func main() {
	for {
		if err := work(); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func work() error { return nil }
