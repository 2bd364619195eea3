// Package main warns and ends well.
package main

import (
	"fmt"
	"log"
	"log/slog"
	"os"
)

func main() {
	if err := work(); err != nil {
		slog.Warn("work", "error", err)
		return
	}
	if err := work(); err != nil {
		log.Println("warning: work:", err)
		return
	}
	if err := work(); err != nil {
		fmt.Println("nothing to do")
		return
	}
	if err := work(); err != nil {
		fmt.Println("Usage: warnings FILE")
		usage()
		return
	}
	if len(os.Args) == 0 {
		fmt.Println("error: no arguments")
		return
	}
	printAll()
}

func usage() {}

func printAll() error { return nil }

func work() error { return nil }
