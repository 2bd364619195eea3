// Package log writes what zap writes.
package main

import (
	"log"
	"net/http"

	"go.uber.org/zap"
)

func main() {
	logger, err := zap.NewProduction()
	if err != nil {
		log.Fatal(err)
	}
	defer zap.RedirectStdLog(logger)()
	log.Println("starting")
	http.ListenAndServe(":8080", nil)
}
