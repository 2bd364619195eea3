// Command promflags takes the level of promslog from flags.
package main

import (
	"net/http"

	"github.com/alecthomas/kingpin/v2"
	"github.com/prometheus/common/promslog"
	"github.com/prometheus/common/promslog/flag"
)

func main() {
	config := promslog.Config{}
	flag.AddFlags(kingpin.CommandLine, &config)
	kingpin.Parse()
	promslog.New(&config).Info("serving")
	http.ListenAndServe(":8080", nil)
}
