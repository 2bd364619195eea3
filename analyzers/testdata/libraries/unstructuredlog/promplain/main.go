// Command promplain leaves promslog as it is.
package main

import (
	"net/http"

	"github.com/prometheus/common/promslog"
)

func main() {
	promslog.New(&promslog.Config{}).Info("serving") // want "promslog.New writes logfmt unless its format is set"
	http.ListenAndServe(":8080", nil)
}
