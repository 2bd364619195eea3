package main

import (
	"context"
	"log"

	ctrl "sigs.k8s.io/controller-runtime"
)

func main() {
	mgr, err := ctrl.NewManager()
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(mgr.Start(context.Background())) // want `mgr.Start serves, but nothing traps SIGTERM`
}
