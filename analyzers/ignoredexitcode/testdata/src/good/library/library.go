// Package library is no program.
package library

import "log"

// Run logs what its caller does not want to know.
func Run() {
	if err := work(); err != nil {
		log.Println(err)
		return
	}
}

func work() error { return nil }
