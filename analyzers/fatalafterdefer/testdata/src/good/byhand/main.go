// Package main cleans up by hand before it exits.
package main

import (
	"bufio"
	"database/sql"
	"log"
	"os"
)

type app struct{ out *bufio.Writer }

func (a *app) Close() { a.out.Flush() }

func (a *app) fatal(err error) {
	a.Close()
	log.Fatal(err)
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if len(os.Args) > 1 {
		out.Flush()
		os.Exit(1)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func helper(a *app) {
	defer a.Close()
	if err := work(); err != nil {
		a.fatal(err)
	}
}

func work() error { return nil }

// What was never opened need not be closed.
func early() {
	db, err := sql.Open("x", "y")
	defer db.Close()
	if err != nil {
		log.Fatal(err)
	}
}
