// Command charms logs by charm.
package main

import (
	"net/http"
	"os"

	"github.com/charmbracelet/log"
)

func main() {
	file, _ := os.Create("app.log")
	log.New(file).Info("serving") // want "the log goes to app.log"
	log.New(os.Stderr).Info("serving")
	http.ListenAndServe(":8080", nil)
}
