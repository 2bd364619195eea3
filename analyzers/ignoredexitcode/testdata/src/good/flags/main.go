// Package main remembers failures for its exit code.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"
)

var status int

type app struct{ failed bool }

func (a *app) fail(err error) { a.failed = true }

func main() {
	a := new(app)
	failed := false
	var all []error
	for _, arg := range os.Args {
		if err := work(arg); err != nil {
			log.Println(err)
			failed = true
			continue
		}
		if err := work(arg); err != nil {
			log.Println(err)
			all = append(all, err)
		}
		if err := work(arg); err != nil {
			log.Println(err)
			status++
		}
		if err := work(arg); err != nil {
			fmt.Println(err)
			a.fail(err)
			break
		}
	}
	if failed || errors.Join(all...) != nil || a.failed {
		os.Exit(1)
	}
	last()
}

func last() {
	if err := work("x"); err != nil {
		log.Println(err)
		setStatus(1)
		return
	}
}

func setStatus(n int) { status = n }

func work(string) error { return nil }
