// Command promjson sets the format of promslog.
package main

import (
	"net/http"

	"github.com/prometheus/common/promslog"
)

func main() {
	format := promslog.NewFormat()
	if err := format.Set("json"); err != nil {
		panic(err)
	}
	promslog.New(&promslog.Config{Format: format}).Info("serving")
	http.ListenAndServe(":8080", nil)
}
