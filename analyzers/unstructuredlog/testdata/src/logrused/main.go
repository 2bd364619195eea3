package main

import (
	"net/http"

	"github.com/sirupsen/logrus"
)

func main() {
	logrus.Info("starting") // want `logrus writes text unless a formatter is set \(2 calls\)`
	logrus.Infof("on %d", 8080)
	http.ListenAndServe(":8080", nil)
}
