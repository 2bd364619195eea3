package main

import "log"

// another file before main.go by name does not attract the finding.
func another() { log.Println("another") }
