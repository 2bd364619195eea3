package main

import (
	"log/slog"
	"net/http"
	"os"

	"service/logging"
)

func main() {
	slog.SetDefault(logging.New(os.Getenv("LOG_LEVEL"), "service", "orders"))
	http.HandleFunc("/", orders)
	http.ListenAndServe(":8080", nil)
}

func orders(w http.ResponseWriter, r *http.Request) {
	slog.With("request_id", r.Header.Get("X-Request-ID")).Info("request", "path", r.URL.Path, slog.Int("size", 1))
}
