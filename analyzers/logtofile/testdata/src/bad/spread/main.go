package main

import (
	"log/slog"
	"net/http"
	"spread/logging"
)

func main() {
	slog.SetDefault(logging.New(logging.File("/var/log/app.log"))) // want "the log goes to /var/log/app.log"
	http.ListenAndServe(":8080", nil)
}
