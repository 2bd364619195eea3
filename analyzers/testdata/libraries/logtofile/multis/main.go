// Command multis fans its log out.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/lmittmann/tint"
	"github.com/samber/slog-multi"
)

func main() {
	file := open("app.log")
	slog.SetDefault(slog.New(slogmulti.Fanout(
		slog.NewJSONHandler(os.Stdout, nil),
		tint.NewHandler(file, nil), // want "the log goes to app.log"
	)))
	http.ListenAndServe(":8080", nil)
}

// open opens a file to append to it.
func open(path string) *os.File {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	return file
}
