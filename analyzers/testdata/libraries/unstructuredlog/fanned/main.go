// Command fanned fans out to a text handler.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/samber/slog-multi"
)

func main() {
	slog.SetDefault(slog.New(slogmulti.Fanout(
		slog.NewJSONHandler(os.Stdout, nil),
		slog.NewTextHandler(os.Stderr, nil), // want "slog.NewTextHandler writes text, NewJSONHandler JSON"
	)))
	http.ListenAndServe(":8080", nil)
}
