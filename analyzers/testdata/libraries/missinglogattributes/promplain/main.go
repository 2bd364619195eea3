// Command promplain logs by promslog.
package main

import (
	"net/http"

	"github.com/prometheus/common/promslog"
)

func main() {
	logger := promslog.New(&promslog.Config{}) // want "root logger carries no service and no version"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
