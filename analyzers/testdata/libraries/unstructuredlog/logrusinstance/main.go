// Command logrusinstance has a logger beside the one with a formatter.
package main

import (
	"net/http"

	"github.com/sirupsen/logrus"
)

func main() {
	logrus.SetFormatter(&logrus.JSONFormatter{})
	logrus.Info("serving")
	audit := logrus.New() // want "logrus.New writes text"
	audit.Info("serving")
	trace := logrus.New()
	trace.SetFormatter(&logrus.JSONFormatter{})
	trace.Info("serving")
	http.ListenAndServe(":8080", nil)
}
