package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/go-chi/chi/v5/middleware"
	"k8s.io/klog/v2"
)

func main() {
	klog.SetSlogLogger(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	klog.Infof("starting")
	use := func(func(http.Handler) http.Handler) {}
	use(middleware.Logger) // want `middleware.Logger writes its access log as text`
	http.ListenAndServe(":8080", nil)
}
