// Command edge waits for an interrupt only.
package main

import (
	"log/slog"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, nil)))
	gruß := make(chan os.Signal, 1)
	signal.Notify(gruß, os.Interrupt)
	/* äöü */ go http.ListenAndServe(":8082", http.NewServeMux())
	<-gruß
}
