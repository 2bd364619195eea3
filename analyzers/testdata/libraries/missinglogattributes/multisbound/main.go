// Command multisbound binds attributes to its handler.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/samber/slog-multi"
)

func main() {
	handler := slogmulti.Fanout(slog.NewJSONHandler(os.Stderr, nil))
	slog.SetDefault(slog.New(handler.WithAttrs([]slog.Attr{slog.String("service", "orders"), slog.String("version", version)})))
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
