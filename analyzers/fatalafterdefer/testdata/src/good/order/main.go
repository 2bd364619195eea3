// Package main exits before anything is deferred, or after it has run.
package main

import (
	"bufio"
	"log"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		log.Fatal("usage: order FILE")
	}
	code := 0
	defer func() { os.Exit(code) }()
	if err := run(); err != nil {
		log.Print(err)
		code = 1
	}
}

func run() error {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	_, err := w.WriteString("x")
	return err
}

func exclusive(dry bool) {
	if !dry {
		w := bufio.NewWriter(os.Stdout)
		defer w.Flush()
		w.WriteString("x")
		return
	}
	log.Fatal("not dry")
}

func panics() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	if _, err := w.WriteString("x"); err != nil {
		log.Panic(err) // what is deferred runs
	}
}
