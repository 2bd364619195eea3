package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	if err := work(); err != nil {
		log.Println(err)
		return // want `exit code 0`
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(0) // want `exit code 0`
	}
	if len(os.Args) > 1 {
		os.Exit(coded())
	}
	if len(os.Args) > 2 {
		deferring()
		return
	}
	if err := failing(); err != nil {
		log.Fatal(err)
	}
}

func coded() int {
	if err := work(); err != nil {
		log.Println(err)
		return 0 // want `exit code 0`
	}
	return 0
}

func deferring() {
	defer log.Println("over")
	if err := work(); err != nil {
		log.Println(err)
		return // want `exit code 0`
	}
}

func failing() error {
	if failed := work(); failed != nil {
		log.Println(failed)
		return nil // want `exit code 0`
	}
	return nil
}

func work() error { return nil }
