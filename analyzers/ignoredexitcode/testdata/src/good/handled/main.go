// Package main tells of its failures.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	if err := work(); err != nil {
		log.Fatal(err)
	}
	if err := work(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	if err := work(); err != nil {
		panic(err)
	}
	if err := work(); err != nil {
		fmt.Println(err)
		fail()
	}
	if err := work(); err != nil {
		log.Println("go on without:", err) // other work follows
	}
	check(work())
	if err := failing(); err != nil {
		log.Fatal(err)
	}
	os.Exit(coded())
}

func fail() { os.Exit(3) }

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func failing() (err error) {
	if err := work(); err != nil {
		log.Println(err)
		return err
	}
	if err = work(); err != nil {
		log.Println(err)
	}
	return err
}

func coded() int {
	if err := work(); err != nil {
		log.Println(err)
		return 1
	}
	return 0
}

func work() error { return nil }
