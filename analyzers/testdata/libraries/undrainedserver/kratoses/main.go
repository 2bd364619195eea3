package main

import (
	"log"

	"github.com/go-kratos/kratos/v2"
	khttp "github.com/go-kratos/kratos/v2/transport/http"
)

func main() {
	app := kratos.New(kratos.Name("shop"), kratos.Server(khttp.NewServer(khttp.Address(":8080"))))
	if err := app.Run(); err != nil {
		log.Fatal(err)
	}
}
