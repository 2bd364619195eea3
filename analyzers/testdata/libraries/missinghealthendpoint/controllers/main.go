// Command controllers runs controllers, and an API beside them.
package main

import (
	"net/http"
	"os"

	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
)

func main() {
	mgr, err := ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{HealthProbeBindAddress: ":8081"})
	if err != nil {
		os.Exit(1)
	}
	if mgr.AddHealthzCheck("ping", healthz.Ping) != nil || mgr.AddReadyzCheck("ping", healthz.Ping) != nil {
		os.Exit(1)
	}
	go mgr.Start(ctrl.SetupSignalHandler())
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {})
	http.ListenAndServe(":8080", mux) // want "^no route for /startup$"
}
