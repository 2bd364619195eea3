package main

import (
	"log"

	"github.com/go-kratos/kratos/v2"
)

func main() {
	if err := kratos.New().Run(); err != nil {
		log.Fatal(err)
	}
}
