package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, nil)) // want "no service and no version"
	http.Handle("/", handler{logger})
	http.ListenAndServe(":8080", nil)
}

type handler struct{ log *slog.Logger }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.log.With("service", r.Host, "version", r.Proto).Info("request")
}
