// Command hclogset turns JSON on later.
package main

import (
	"net/http"
	"os"

	"github.com/hashicorp/go-hclog"
)

func main() {
	options := &hclog.LoggerOptions{Name: "orders"}
	options.JSONFormat = os.Getenv("LOG_FORMAT") != "text"
	hclog.New(options).Info("serving")
	http.ListenAndServe(":8080", nil)
}
