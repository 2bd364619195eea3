// Command klogzapr gives klog a logger of zap.
package main

import (
	"net/http"

	"github.com/go-logr/zapr"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

func main() {
	klog.SetLogger(zapr.NewLogger(zap.Must(zap.NewProduction())))
	klog.Info("serving")
	http.ListenAndServe(":8080", nil)
}
