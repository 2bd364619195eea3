// Command klogplain uses klog as it is.
package main

import (
	"net/http"

	"k8s.io/klog/v2"
)

func main() {
	klog.Info("serving") // want "klog writes text"
	http.ListenAndServe(":8080", nil)
}
