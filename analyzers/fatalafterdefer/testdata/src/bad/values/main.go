package main

import (
	"database/sql"
	"log"
	"os"
)

func main() {
	cleanup, err := open()
	if err != nil {
		log.Fatal(err)
	}
	defer cleanup()
	closeAll := both()
	defer closeAll()
	if len(os.Args) > 1 {
		log.Fatal("x") // want `log.Fatal skips the deferred cleanup`
	}
}

func open() (func() error, error) {
	db, err := sql.Open("x", "y")
	if err != nil {
		return nil, err
	}
	return db.Close, nil
}

func both() func() {
	return func() { println("x") }
}
