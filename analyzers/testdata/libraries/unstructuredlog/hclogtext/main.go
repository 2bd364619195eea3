// Command hclogtext leaves hclog as it is.
package main

import (
	"net/http"

	"github.com/hashicorp/go-hclog"
)

func main() {
	options := &hclog.LoggerOptions{Name: "orders"} // want "hclog.LoggerOptions writes text"
	hclog.New(options).Info("serving")
	http.ListenAndServe(":8080", nil)
}
