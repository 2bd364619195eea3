package main

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	var cfg config
	json.NewDecoder(os.Stdin).Decode(&cfg)
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: cfg.Level})))
	http.ListenAndServe(":8080", nil)
}

type config struct {
	Level slog.Level `json:"level"`
}
