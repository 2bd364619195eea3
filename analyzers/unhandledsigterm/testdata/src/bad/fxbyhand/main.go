package main

import (
	"context"
	"log"
	"net/http"

	"go.uber.org/fx"
)

func main() {
	app := fx.New(fx.Invoke(func() {
		go http.ListenAndServe(":8080", http.NewServeMux()) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
	}))
	if err := app.Start(context.Background()); err != nil {
		log.Fatal(err)
	}
	select {}
}
