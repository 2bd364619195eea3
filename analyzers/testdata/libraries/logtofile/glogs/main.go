// Command glogs logs by glog as it comes.
package main

import (
	"flag"
	"net/http"

	"github.com/golang/glog"
)

func main() {
	flag.Parse()
	glog.Info("serving") // want "glog writes to files in the temporary directory unless -logtostderr is set"
	http.ListenAndServe(":8080", nil)
}
