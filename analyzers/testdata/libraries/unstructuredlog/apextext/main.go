// Command apextext logs by apex as text.
package main

import (
	"net/http"
	"os"

	"github.com/apex/log"
	"github.com/apex/log/handlers/text"
)

func main() {
	log.SetHandler(text.New(os.Stderr)) // want "text.New writes text"
	log.Info("serving")
	http.ListenAndServe(":8080", nil)
}
