// Command klogslog gives klog a logger of slog.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"k8s.io/klog/v2"
)

func main() {
	klog.SetSlogLogger(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	klog.Info("serving")
	http.ListenAndServe(":8080", nil)
}
