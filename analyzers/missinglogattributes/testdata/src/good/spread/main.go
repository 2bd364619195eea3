package main

import (
	"log/slog"
	"net/http"
	"spread/logging"
)

func main() {
	slog.SetDefault(logging.New("service", "orders", "version", "1"))
	http.ListenAndServe(":8080", nil)
}
