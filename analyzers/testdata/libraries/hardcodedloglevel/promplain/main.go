// Command promplain leaves promslog as it is.
package main

import (
	"net/http"

	"github.com/prometheus/common/promslog"
)

func main() {
	promslog.New(&promslog.Config{}).Info("serving") // want "log level is always info"
	http.ListenAndServe(":8080", nil)
}
