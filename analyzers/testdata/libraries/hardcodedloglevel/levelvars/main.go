// Command levelvars changes the level while it serves.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/samber/slog-multi"
)

func main() {
	level := new(slog.LevelVar)
	http.HandleFunc("/debug", func(w http.ResponseWriter, r *http.Request) { level.Set(slog.LevelDebug) })
	slog.SetDefault(slog.New(slogmulti.Fanout(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))))
	http.ListenAndServe(":8080", nil)
}
