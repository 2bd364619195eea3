// Package main is a script that operators run.
package main

import "log"

func main() {
	if err := work(); err != nil {
		log.Println(err)
		return // want `failure of work ends`
	}
}

func work() error { return nil }
