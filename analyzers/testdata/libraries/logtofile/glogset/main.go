// Command glogset logs by glog to standard error.
package main

import (
	"flag"
	"net/http"

	"github.com/golang/glog"
)

func main() {
	flag.Set("logtostderr", "true")
	flag.Parse()
	glog.Info("serving")
	http.ListenAndServe(":8080", nil)
}
