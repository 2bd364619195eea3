// Command klogs registers the flags of klog.
package main

import (
	"flag"
	"net/http"

	"k8s.io/klog/v2"
)

func main() {
	klog.InitFlags(nil)
	flag.Parse()
	klog.Info("serving")
	http.ListenAndServe(":8080", nil)
}
