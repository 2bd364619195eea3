// Command lumberjacks rotates its log.
package main

import (
	"log"
	"net/http"

	"gopkg.in/natefinch/lumberjack.v2"
)

func main() {
	log.SetOutput(&lumberjack.Logger{Filename: "/var/log/app.log"}) // want "the log goes to /var/log/app.log instead of a standard stream"
	log.Println("serving")
	http.ListenAndServe(":8080", nil)
}
