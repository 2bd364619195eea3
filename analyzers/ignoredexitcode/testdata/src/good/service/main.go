// Package main is a service: it is judged by other rules.
package main

import (
	"log"
	"net/http"
)

func main() {
	if err := load(); err != nil {
		log.Println(err)
		return
	}
	if err := http.ListenAndServe(":8080", nil); err != nil {
		log.Println(err)
	}
}

func load() error { return nil }
