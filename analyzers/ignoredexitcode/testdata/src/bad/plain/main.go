package main

import (
	"errors"
	"fmt"
	"log"
	"os"
)

func main() {
	if len(os.Args) > 4 {
		if err := work(); err != nil {
			log.Println("work:", err)
			return // want `failure of work ends with exit code 0; call os.Exit\(1\) instead of return`
		}
	}
	n, err := count()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(0) // want `failure of count ends with exit code 0; exit with 1`
	}
	for range n {
		if err := work(); err != nil && !errors.Is(err, os.ErrNotExist) {
			fmt.Printf("failed: %v\n", err)
			return // want `failure of work ends`
		}
	}
	switch os.Args[1] {
	case "other":
		other()
	case "last":
		if err := work(); err == nil {
			fmt.Println("fine")
		} else {
			fmt.Println("failed:", err) // want `failure of work ends with exit code 0; call os.Exit\(1\) after the message`
		}
	default:
		if err := work(); err != nil {
			report(err) // want `failure of work ends`
		}
	}
	fmt.Println("done")
}

func report(err error) { fmt.Fprintln(os.Stderr, "error:", err) }

func other() {
	defer fmt.Println("over")
	if err := work(); err != nil {
		log.Print(err) // want `failure of work ends`
	}
}

func work() error         { return nil }
func count() (int, error) { return 0, nil }
