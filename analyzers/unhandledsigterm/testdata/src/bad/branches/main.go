package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	var err error
	if len(os.Args) > 1 {
		err = srv.ListenAndServeTLS("cert", "key") // want `srv.ListenAndServeTLS serves, but nothing traps SIGTERM`
	} else {
		err = srv.ListenAndServe()
	}
	log.Fatal(err)
}
