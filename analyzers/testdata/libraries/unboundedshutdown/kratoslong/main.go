package main

import (
	"log"
	"time"

	"github.com/go-kratos/kratos/v2"
	khttp "github.com/go-kratos/kratos/v2/transport/http"
)

func main() {
	app := kratos.New(
		kratos.Server(khttp.NewServer(khttp.Address(":8080"))),
		kratos.StopTimeout(time.Minute), // want "shutdown may take 60 s"
	)
	if err := app.Run(); err != nil {
		log.Fatal(err)
	}
}
