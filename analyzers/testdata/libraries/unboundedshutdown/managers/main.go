package main

import (
	"log"
	"time"

	ctrl "sigs.k8s.io/controller-runtime"
)

func main() {
	forever := time.Duration(-1)
	mgr, err := ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{
		GracefulShutdownTimeout: &forever, // want "Options.GracefulShutdownTimeout waits without a deadline"
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := mgr.Start(ctrl.SetupSignalHandler()); err != nil {
		log.Fatal(err)
	}
}
