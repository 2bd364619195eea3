package main

import (
	"context"
	"log"
	"net/http"

	"example.org/trapper"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	trapper.Install(func() { srv.Shutdown(context.Background()) })
	log.Print(srv.ListenAndServe())
}
