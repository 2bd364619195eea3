package main

import "net/http"

func main() {
	srv := http.Server{ // want "has neither"
		Addr:    ":8080",
		Handler: http.NotFoundHandler(), // nothing yet
	}
	srv.SetKeepAlivesEnabled(false)
	if err := srv.ListenAndServe(); err != nil {
		panic(err)
	}
}
