package main

import (
	"log"
	"log/syslog"
	"net/http"
)

func main() {
	w, err := syslog.New(syslog.LOG_INFO, "app")
	if err != nil {
		log.Fatal(err)
	}
	log.SetOutput(w) // want "the log goes to syslog"
	http.ListenAndServe(":8080", nil)
}
