package main

import "log"

func main() {
	log.Fatal(open())
}

func open() error {
	log.Fatal("no store")
	return nil
}
