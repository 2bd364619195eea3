// Command hclogs names its logger.
package main

import (
	"net/http"

	"github.com/hashicorp/go-hclog"
)

func main() {
	logger := hclog.New(&hclog.LoggerOptions{JSONFormat: true}).With("service", "orders", "version", version)
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
