// Package main meets errors that mean success.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
)

var errNothing = errors.New("nothing to do")

func main() {
	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	if err := fs.Parse(os.Args[1:]); err != nil {
		fmt.Println(err)
		return
	}
	err := work()
	if errors.Is(err, context.Canceled) {
		log.Println("stopped:", err)
		return
	}
	if err == io.EOF {
		fmt.Println("error: end", err)
		return
	}
	if err != nil && errors.Is(err, errNothing) {
		fmt.Println("error:", err)
		return
	}
	var missing *os.PathError
	if err != nil && errors.As(err, &missing) {
		fmt.Println("failed:", err)
		return
	}
	switch {
	case errors.Is(err, errNothing):
		fmt.Println("failed:", err)
		return
	}
	if err != nil {
		if errors.Is(err, errNothing) {
			fmt.Println(err)
			return
		}
		log.Fatal(err)
	}
}

func work() error { return nil }
