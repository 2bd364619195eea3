// Command multis wraps its handler.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/samber/slog-multi"
)

func main() {
	handler := slogmulti.Fanout(slog.NewJSONHandler(os.Stderr, nil))
	slog.SetDefault(slog.New(handler)) // want "root logger carries no service and no version"
	http.ListenAndServe(":8080", nil)
}
