package main

import (
	"time"
)

func main() {
	go func() {
		for {
			time.Sleep(time.Second)
		}
	}()
	select {} // want `select{} runs, but nothing traps SIGTERM`
}
