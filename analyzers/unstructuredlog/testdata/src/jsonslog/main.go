package main

import (
	"flag"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
)

var version = flag.Bool("version", false, "print the version")

func main() {
	flag.Usage = func() { fmt.Println("usage: jsonslog") }
	flag.Parse()
	if *version {
		fmt.Println("1.0")
		return
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	slog.Info("starting")
	log.Println("also JSON")
	errors := log.New(os.Stderr, "", 0) // want `log.New writes text`
	server := &http.Server{ErrorLog: errors}
	if err := server.ListenAndServe(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
