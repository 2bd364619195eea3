// Command gorillalogs wraps a handler of gorilla.
package main

import (
	"net/http"
	"os"

	"github.com/gorilla/handlers"
)

func main() {
	handler := handlers.LoggingHandler(os.Stdout, http.DefaultServeMux) // want "handlers.LoggingHandler writes its access log as text"
	http.ListenAndServe(":8080", handler)
}
