package main

import (
	"net/http"

	"go.uber.org/fx"
)

func main() {
	fx.New(fx.Invoke(func() { go http.ListenAndServe(":8080", http.NewServeMux()) })).Run()
}
