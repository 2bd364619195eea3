package main

import (
	"log"

	"module/internal/logging"
	"module/internal/server"
)

type runner interface{ Run() error }

func main() {
	logging.New().Info("starting")
	log.Println("starting") // want `log writes text \(2 calls\)`
	var r runner = &server.Server{}
	if err := r.Run(); err != nil {
		log.Fatal(err)
	}
}
