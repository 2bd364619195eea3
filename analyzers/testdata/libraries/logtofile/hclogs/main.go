// Command hclogs logs by hclog.
package main

import (
	"net/http"
	"os"

	"github.com/hashicorp/go-hclog"
)

func main() {
	file, _ := os.Create("app.log")
	logger := hclog.New(&hclog.LoggerOptions{JSONFormat: true, Output: file}) // want "the log goes to app.log"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
