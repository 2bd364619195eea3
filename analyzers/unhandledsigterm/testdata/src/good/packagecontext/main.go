package main

import (
	"net/http"

	"sigs.k8s.io/controller-runtime/pkg/manager/signals"
)

var ctx = signals.SetupSignalHandler()

func main() {
	go http.ListenAndServe(":8080", http.NewServeMux())
	<-ctx.Done()
}
